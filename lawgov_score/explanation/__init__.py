"""Why a unit got what it got, in phrases: standards, figures, reasons, policies.

Made of the tree and of what the engine kept in ``Scores``, one unit and one node at a time, so that a cell of a
workbook, a line of a terminal and a row of a CSV say the same. Nothing is computed.
"""
