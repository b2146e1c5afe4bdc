"""What results say to readers, whatever shows it: who is listed, rates, losses, remarks, and the words around them.

Workbooks and pages lay this out; neither has words of its own for what the other says too.
"""
