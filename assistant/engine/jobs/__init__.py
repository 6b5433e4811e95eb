"""Long work in processes of its own, with progress, which can be cancelled."""
