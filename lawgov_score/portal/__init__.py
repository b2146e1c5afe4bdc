"""The desk: a round in the browser, on the clerk's own machine.

Pages are a face of ``rounds``: nothing is computed here.
Needs the extra ``portal``. ``serving`` runs it, ``urls`` lists its pages, ``work`` what takes long.
"""
