typedef int placeholder_CSystem;
