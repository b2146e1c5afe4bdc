"""Sheets, columns and stamp of the fill-in workbooks, shared by the code that writes and that reads them."""
