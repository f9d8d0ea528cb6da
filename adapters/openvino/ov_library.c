// Finding, loading and binding the OpenVINO library.
#define _GNU_SOURCE
#include "ov_library.h"

#include <dirent.h>
#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "element_types.h"
#include "explanation.h"

static ov_library loaded;
static char loaded_path[PATH_MAX];

// Writes the folder of the adapter.
static bool own_folder(char *folder, size_t capacity) {
  Dl_info self;
  if (dladdr((const void *)&ov_load, &self) == 0 || self.dli_fname == NULL) return false;
  const char *slash = strrchr(self.dli_fname, '/');
  if (slash == NULL) return snprintf(folder, capacity, ".") < (int)capacity;
  const int length = slash == self.dli_fname ? 1 : (int)(slash - self.dli_fname);
  return snprintf(folder, capacity, "%.*s", length, self.dli_fname) < (int)capacity;
}

// Writes the path of the first libopenvino_c.so* beside the adapter; false when there is none.
static bool find_beside_adapter(char *path, size_t capacity) {
  static const char wanted[] = "libopenvino_c.so";
  char folder[PATH_MAX], first[NAME_MAX + 1] = "";
  if (!own_folder(folder, sizeof folder)) return false;
  DIR *listing = opendir(folder);
  if (listing == NULL) return false;
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    if (strncmp(entry->d_name, wanted, sizeof wanted - 1) != 0) continue;
    // The order of a folder's entries is not defined; the least name is the same everywhere.
    if (first[0] == '\0' || strcmp(entry->d_name, first) < 0) {
      snprintf(first, sizeof first, "%s", entry->d_name);
    }
  }
  closedir(listing);
  return first[0] != '\0' && snprintf(path, capacity, "%s/%s", folder, first) < (int)capacity;
}

static bool choose_path(const char *wanted, char *path, size_t capacity) {
  if (wanted[0] == '\0') wanted = getenv("ASSAY_OPENVINO_LIBRARY");
  if (wanted == NULL || wanted[0] == '\0') return find_beside_adapter(path, capacity);
  return snprintf(path, capacity, "%s", wanted) < (int)capacity;
}

// Takes every function by its name. Returns the name of one that is not there.
static const char *bind(void *library, ov_library *out) {
#define OV_FUNCTION(name)                                 \
  do {                                                    \
    void *symbol = dlsym(library, #name);                 \
    if (symbol == NULL) return #name;                     \
    memcpy(&out->name, &symbol, sizeof out->name);        \
  } while (0);
  OV_FUNCTIONS
#undef OV_FUNCTION
  return NULL;
}

static void read_version(ov_library *library) {
  ov_version_t version;
  if (library->ov_get_openvino_version(&version) != OK) return;
  // The build number is followed by the commit; the first word identifies the release.
  snprintf(library->version, sizeof library->version, "%s", version.buildNumber);
  library->ov_version_free(&version);
}

static assay_status open_library(const char *path, ov_library *out, assay_message *why) {
  // By its real path, because the plug-ins are searched beside the library.
  char real[PATH_MAX];
  void *library = dlopen(realpath(path, real) != NULL ? real : path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "OpenVINO cannot be loaded: %s", dlerror());
  }
  const char *missing = bind(library, out);
  if (missing != NULL) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "%s has no function %s", path, missing);
  }
  read_version(out);
  const assay_element_type other = first_misnumbered_type(out);
  if (other == 0) return ASSAY_OK;
  return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "OpenVINO %s numbers element types in another "
                 "way than the headers the adapter was compiled with, first ONNX's number %d",
                 out->version, (int)other);
}

assay_status ov_load(const char *path, const ov_library **out, assay_message *why) {
  char chosen[PATH_MAX];
  if (!choose_path(path, chosen, sizeof chosen)) {
    return explain(why, ASSAY_DEVICE_UNAVAILABLE, 0, "no OpenVINO: pass the option \"library\", "
                   "set ASSAY_OPENVINO_LIBRARY, or put libopenvino_c.so beside the adapter");
  }
  if (loaded_path[0] != '\0' && strcmp(loaded_path, chosen) != 0) {
    return explain(why, ASSAY_INVALID_INPUT, 0, "this process has already loaded %s", loaded_path);
  }
  if (loaded_path[0] == '\0') {
    ov_library library = {.version = ""};
    const assay_status status = open_library(chosen, &library, why);
    if (status != ASSAY_OK) return status;
    loaded = library;
    memcpy(loaded_path, chosen, sizeof chosen);
  }
  *out = &loaded;
  return ASSAY_OK;
}
