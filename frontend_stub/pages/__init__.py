"""Pages: each asks the hub one document and shows one template; `routes` says where they are found."""
