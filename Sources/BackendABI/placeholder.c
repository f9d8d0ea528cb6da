typedef int placeholder_BackendABI;
