// Finding, loading and binding the ONNX Runtime library.
#define _GNU_SOURCE
#include "ort_api.h"

#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

// What the exported function returns: fixed for all time, unlike the table behind it.
typedef struct {
  const void *const *(*table)(uint32_t version);
  const char *(*version)(void);
} ort_base;

static ort_api loaded;
static char loaded_path[PATH_MAX];

// Writes "<folder of the adapter>/<first libonnxruntime.so* in it>"; false when there is none.
static bool find_beside_adapter(char *path, size_t capacity) {
  Dl_info self;
  if (dladdr((const void *)&ort_load, &self) == 0 || self.dli_fname == NULL) return false;
  const char *slash = strrchr(self.dli_fname, '/');
  const int length = slash != NULL ? (int)(slash - self.dli_fname) : 1;
  char folder[PATH_MAX];
  snprintf(folder, sizeof folder, "%.*s", length, slash != NULL ? self.dli_fname : ".");
  DIR *listing = opendir(folder[0] != '\0' ? folder : "/");
  if (listing == NULL) return false;
  char first[NAME_MAX + 1] = "";
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    if (strncmp(entry->d_name, "libonnxruntime.so", 17) != 0) continue;
    // The order of a folder's entries is not defined; the least name is the same everywhere.
    if (first[0] == '\0' || strcmp(entry->d_name, first) < 0) {
      snprintf(first, sizeof first, "%s", entry->d_name);
    }
  }
  closedir(listing);
  if (first[0] == '\0') return false;
  return snprintf(path, capacity, "%s/%s", folder, first) < (int)capacity;
}

static bool choose_path(const char *wanted, char *path, size_t capacity) {
  if (wanted == NULL || wanted[0] == '\0') wanted = getenv("ASSAY_ONNXRUNTIME_LIBRARY");
  if (wanted == NULL || wanted[0] == '\0') return find_beside_adapter(path, capacity);
  return snprintf(path, capacity, "%s", wanted) < (int)capacity;
}

// Takes every function from its position. False when one does not lie in the library, which
// would mean that the table ends before it.
static bool bind(const void *const *table, const void *library, ort_api *api) {
#define ORT_FUNCTION(position, name, result, parameters)                                          \
  do {                                                                                            \
    Dl_info owner;                                                                                \
    if (dladdr(table[position], &owner) == 0 || owner.dli_fbase != library) return false;         \
    memcpy(&api->name, &table[position], sizeof api->name);                                       \
  } while (0);
  ORT_FUNCTIONS
#undef ORT_FUNCTION
  return true;
}

static assay_status open_library(const char *path, ort_api *api, assay_message *why) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "ONNX Runtime cannot be loaded: %s",
                   dlerror());
  }
  const void *symbol = dlsym(library, "OrtGetApiBase");
  Dl_info owner;
  if (symbol == NULL || dladdr(symbol, &owner) == 0) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "%s is no ONNX Runtime: no OrtGetApiBase",
                   path);
  }
  const ort_base *(*get_base)(void);
  memcpy(&get_base, &symbol, sizeof get_base);
  const ort_base *base = get_base();
  snprintf(api->version, sizeof api->version, "%s", base->version());
  int minor = 0;
  if (sscanf(api->version, "1.%d", &minor) != 1 || minor < (int)ORT_TABLE_VERSION) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "ONNX Runtime %s is not supported: 1.%u or "
                   "a later 1.x is needed", api->version, ORT_TABLE_VERSION);
  }
  const void *const *table = base->table(ORT_TABLE_VERSION);
  const char *fault = "a function lies outside of the library";
  if (table == NULL || !bind(table, owner.dli_fbase, api) || !ort_check(api, &fault)) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0,
                   "the function table of ONNX Runtime %s is not as expected: %s", api->version,
                   table == NULL ? "there is none" : fault);
  }
  return ASSAY_OK;
}

assay_status ort_load(const char *path, const ort_api **out, assay_message *why) {
  char chosen[PATH_MAX];
  if (!choose_path(path, chosen, sizeof chosen)) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "no ONNX Runtime: pass the option "
                   "\"library\", set ASSAY_ONNXRUNTIME_LIBRARY, or put libonnxruntime.so beside "
                   "the adapter");
  }
  if (loaded_path[0] != '\0' && strcmp(loaded_path, chosen) != 0) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "this process has already loaded %s", loaded_path);
  }
  if (loaded_path[0] == '\0') {
    ort_api api = {0};
    const assay_status status = open_library(chosen, &api, why);
    if (status != ASSAY_OK) return status;
    loaded = api;
    memcpy(loaded_path, chosen, sizeof chosen);
  }
  *out = &loaded;
  return ASSAY_OK;
}
