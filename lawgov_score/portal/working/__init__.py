"""What takes long, a module each: run by ``portal.worker`` in a process of its own, begun by ``forms.begin_job``."""
