// The binary layout of the standard interface, pinned. A line that has to change here breaks every
// backend in the field: increment ASSAY_ABI_VERSION instead.
#include "assay_backend.h"

_Static_assert(sizeof(assay_status) == 4, "status codes are 32 bits wide");
_Static_assert(sizeof(assay_reason) == 4, "reasons are 32 bits wide");
_Static_assert(sizeof(assay_element_type) == 4, "element types are 32 bits wide");
_Static_assert(sizeof(assay_value_kind) == 4, "kinds are 32 bits wide");

// The offsets below are those of every platform with 64-bit pointers.
#if UINTPTR_MAX == UINT64_MAX

#define AT(type, member, offset) \
  _Static_assert(offsetof(type, member) == (offset), #type "." #member " moved")
#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " changed size")

SIZE(assay_text, 16);
AT(assay_text, length, 8);

SIZE(assay_bytes, 16);
AT(assay_bytes, count, 8);

SIZE(assay_message, 32);
AT(assay_message, capacity, 8);
AT(assay_message, length, 16);
AT(assay_message, reason, 24);

SIZE(assay_tensor, 48);
AT(assay_tensor, rank, 4);
AT(assay_tensor, dims, 8);
AT(assay_tensor, bytes, 16);
AT(assay_tensor, byte_count, 24);
AT(assay_tensor, strings, 32);
AT(assay_tensor, string_count, 40);

SIZE(assay_sequence, 24);
AT(assay_sequence, element_type, 4);
AT(assay_sequence, count, 8);
AT(assay_sequence, elements, 16);

SIZE(assay_optional, 8);

SIZE(assay_map, 16);
AT(assay_map, values, 8);

SIZE(assay_value, 64);
AT(assay_value, tensor, 8);
AT(assay_value, sequence, 8);
AT(assay_value, optional, 8);
AT(assay_value, map, 8);

SIZE(assay_destination, 48);
AT(assay_destination, capacity, 8);
AT(assay_destination, dims, 16);
AT(assay_destination, rank_capacity, 24);
AT(assay_destination, rank, 28);
AT(assay_destination, element_type, 32);
AT(assay_destination, byte_count, 40);

SIZE(assay_api, 96);
AT(assay_api, struct_size, 0);
AT(assay_api, abi_version, 4);
AT(assay_api, create, 8);
AT(assay_api, describe, 16);
AT(assay_api, compile, 24);
AT(assay_api, execute, 32);
AT(assay_api, result_values, 40);
AT(assay_api, release_result, 48);
AT(assay_api, release_executable, 56);
AT(assay_api, destroy, 64);
AT(assay_api, execute_into, 72);
AT(assay_api, device_time_ns, 80);
AT(assay_api, placement_json, 88);

#endif
