"""The pages, a module for each place of the navigation. A view shows, or does one deed by ``forms`` and leads on."""
