typedef int placeholder_CPUKernels;
