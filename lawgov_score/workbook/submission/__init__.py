"""Reading submissions: workbooks, tables and rosters; every problem at its cell."""
