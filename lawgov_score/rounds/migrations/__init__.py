"""How the tables of a data folder came to be, step by step; a step that was released is never changed."""
