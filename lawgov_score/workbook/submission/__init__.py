"""What comes in: workbooks, tables and rosters, read into submissions; every problem at its cell."""
