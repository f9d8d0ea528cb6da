/* Which tables exist, which this machine can run, and which one is used. */
#include "CPUKernels.h"

#include <stdlib.h>
#include <string.h>

extern const ck_table ck_table_baseline;
#if defined(__x86_64__)
extern const ck_table ck_table_avx2;
extern const ck_table ck_table_avx512;
#endif

const ck_table *const *ck_all(size_t *count) {
#if defined(__x86_64__)
  static const ck_table *const tables[] = {&ck_table_avx512, &ck_table_avx2, &ck_table_baseline};
  /* The psABI levels also say that the operating system saves the wide registers. */
  __builtin_cpu_init();
  size_t first = 2;
  if (__builtin_cpu_supports("x86-64-v3")) first = 1;
  if (__builtin_cpu_supports("x86-64-v4")) first = 0;
#else
  static const ck_table *const tables[] = {&ck_table_baseline};
  const size_t first = 0;
#endif
  *count = sizeof tables / sizeof tables[0] - first;
  return tables + first;
}

const ck_table *ck_select(const char *name) {
  size_t count;
  const ck_table *const *tables = ck_all(&count);
  for (size_t i = 0; name && i < count; i++)
    if (!strcmp(tables[i]->name, name)) return tables[i];
  return tables[0];
}

const ck_table *ck_best(void) { return ck_select(getenv("ASSAY_CPU_ISA")); }

const ck_kernel *ck_kernels(size_t *count) {
  static const ck_kernel kernels[] = {
#define CK_KERNEL(signature, name) {#name, ck_signature_##signature, offsetof(ck_table, name)},
#include "kernels.def"
#undef CK_KERNEL
  };
  *count = sizeof kernels / sizeof kernels[0];
  return kernels;
}
