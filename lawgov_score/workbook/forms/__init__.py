"""Sheets, columns and stamp of the workbooks that people fill in, for those who write them and those who read them."""
