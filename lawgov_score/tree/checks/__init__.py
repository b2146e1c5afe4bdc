"""What no schema can say of a tree: one module for each kind of contradiction, all run by ``meaning``."""
