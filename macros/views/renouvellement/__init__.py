"""The renewal review of a certification: everything that happened since it was registered, read before the next application."""
