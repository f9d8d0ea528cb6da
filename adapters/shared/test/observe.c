// Observing a library in processes of its own.
#define _GNU_SOURCE
#include "observe.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const assay_api *api;
static assay_text create_options;
static int failures;

static void print_refusal(FILE *to, const char *step, assay_status status,
                          const assay_message *why) {
  fprintf(to, "%s status %d reason %d: %.*s", step, (int)status, (int)why->reason,
          (int)why->length, why->buffer);
}

// Executes into memory of our own, and prints what was written.
static void print_into(FILE *to, assay_executable *executable, const draft *from,
                       assay_message *why) {
  _Alignas(ASSAY_ALIGNMENT) uint8_t room[64];
  int64_t dims[MOST_DIMS] = {0};
  memset(room, 0xa5, sizeof room);
  assay_destination into = {.bytes = room, .capacity = sizeof room, .dims = dims,
                            .rank_capacity = MOST_DIMS};
  const assay_status status =
      api->execute_into(executable, from->inputs, from->input_count, &into, 1, why);
  if (status != ASSAY_OK) {
    print_refusal(to, "execute_into", status, why);
    return;
  }
  assay_value value = {.kind = ASSAY_KIND_TENSOR};
  value.tensor = (assay_tensor){.element_type = into.element_type, .rank = into.rank,
                                .dims = dims, .bytes = room, .byte_count = into.byte_count};
  print_value(to, &value);
  if (room[into.byte_count] != 0xa5) fputs(" and beyond", to);
}

static void print_execution(FILE *to, assay_executable *executable, const draft *from,
                            assay_message *why) {
  assay_result *result = NULL;
  const assay_status status =
      api->execute(executable, from->inputs, from->input_count, &result, why);
  if (status != ASSAY_OK) {
    print_refusal(to, "execute", status, why);
    return;
  }
  size_t count = 0;
  const assay_value *values = api->result_values(result, &count);
  for (size_t i = 0; i < count; i++) {
    if (i != 0) fputs("; ", to);
    print_value(to, &values[i]);
    for (size_t j = 0; j < from->input_count; j++) {
      const bool tensors = values[i].kind == ASSAY_KIND_TENSOR && values[i].tensor.byte_count != 0;
      if (tensors && values[i].tensor.bytes == from->inputs[j].tensor.bytes) {
        fputs(" in the memory of the input", to);
      }
    }
  }
  api->release_result(result);
}

static void print_answer(FILE *to, const draft *from, assay_bytes model, bool into) {
  char buffer[2048];
  assay_message why = {.buffer = buffer, .capacity = sizeof buffer};
  assay_backend *backend = NULL;
  assay_executable *executable = NULL;
  assay_status status = api->create(create_options, &backend, &why);
  if (status != ASSAY_OK) {
    print_refusal(to, "create", status, &why);
    return;
  }
  status = api->compile(backend, model, (assay_text){NULL, 0}, &executable, &why);
  if (status != ASSAY_OK) {
    print_refusal(to, "compile", status, &why);
  } else {
    if (into) {
      print_into(to, executable, from, &why);
    } else {
      print_execution(to, executable, from, &why);
    }
    api->release_executable(executable);
  }
  api->destroy(backend);
}

// Reads everything a child writes; returns how it ended.
static int collect(int descriptor, pid_t child, char *line, size_t capacity) {
  size_t length = 0;
  for (ssize_t count; length + 1 < capacity &&
                      (count = read(descriptor, line + length, capacity - length - 1)) > 0;) {
    length += (size_t)count;
  }
  line[length] = '\0';
  int ended = 0;
  waitpid(child, &ended, 0);
  return ended;
}

void observe_bytes(const char *name, const draft *from, assay_bytes model, bool into,
                          const char *expected) {
  int ends[2];
  if (pipe(ends) != 0) exit(3);
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    FILE *to = fdopen(ends[1], "w");
    if (to == NULL) _exit(3);
    print_answer(to, from, model, into);
    fclose(to);
    _exit(0);
  }
  close(ends[1]);
  char line[8192];
  const int ended = collect(ends[0], child, line, sizeof line);
  close(ends[0]);
  if (WIFSIGNALED(ended)) snprintf(line, sizeof line, "death by signal %d", WTERMSIG(ended));
  // A "~" stands for the runtime's own words.
  const size_t fixed = expected != NULL ? strcspn(expected, "~") : 0;
  const bool open = expected != NULL && expected[fixed] == '~';
  const bool right = expected == NULL || (open ? strncmp(line, expected, fixed) == 0
                                               : strcmp(line, expected) == 0);
  printf("%s %s: %s\n", expected == NULL ? "fact" : right ? "ok  " : "FAIL", name, line);
  if (!right) printf("     expected: %s\n", expected);
  failures += !right;
}

void observe_with(const char *name, draft *from, bool into, const char *expected) {
  writer model = {.count = 0};
  draft_model(from, &model);
  for (size_t i = 0; i < from->input_count; i++) {
    if (from->inputs[i].kind == ASSAY_KIND_TENSOR) from->inputs[i].tensor.dims = from->dims[i];
  }
  observe_bytes(name, from, (assay_bytes){model.bytes, model.count}, into, expected);
}

void observe(const char *name, draft *from, const char *expected) {
  observe_with(name, from, false, expected);
}

void observe_element_types(bool (*is_known)(int32_t type), const char *into_destination) {
  static const uint8_t pattern[24] = {1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1};
  for (int32_t type = ASSAY_TYPE_F32; type <= ASSAY_TYPE_E3M2; type++) {
    static const unsigned bytes_of_3[] = {0, 12, 3, 3, 6, 6, 12, 24, 0, 3, 6, 24, 12, 24, 24, 48,
                                          6, 3, 3, 3, 3, 2, 2, 2, 3, 1, 1, 3, 3};
    if (type == ASSAY_TYPE_STRING || bytes_of_3[type] > sizeof pattern) continue;
    writer proto = {.count = 0}, graph = {.count = 0}, model = {.count = 0};
    write_tensor_type(&proto, type, DIMS(3), 1);
    write_text(&graph, GRAPH_NAME, "through");
    write_value(&graph, GRAPH_INPUT, "a", &proto);
    write_value(&graph, GRAPH_OUTPUT, "a", &proto);
    write_model(&model, &graph, 21);
    draft made = {.input_count = 1};
    made.dims[0][0] = 3;
    made.inputs[0].kind = ASSAY_KIND_TENSOR;
    made.inputs[0].tensor = (assay_tensor){.element_type = type, .rank = 1, .dims = made.dims[0],
                                           .bytes = pattern, .byte_count = bytes_of_3[type]};
    char name[64], expected[512] = "";
    snprintf(name, sizeof name, "element type %d through a graph", (int)type);
    FILE *to = fmemopen(expected, sizeof expected, "w");
    if (to == NULL) exit(3);
    print_value(to, &made.inputs[0]);
    fclose(to);
    observe_bytes(name, &made, (assay_bytes){model.bytes, model.count}, false,
                  is_known(type) ? expected : "compile status 1 reason 3: ~");
    if (type != ASSAY_TYPE_F32) continue;
    observe_bytes("the same into a destination", &made, (assay_bytes){model.bytes, model.count},
                  true, into_destination);
  }
}

bool open_observed(int count, char **arguments) {
  if (count < 2) {
    fputs("usage: smoke LIBRARY [OPTIONS_JSON]\n", stderr);
    return false;
  }
  void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  void *symbol = library != NULL ? dlsym(library, "assay_backend_api") : NULL;
  if (symbol == NULL) {
    fprintf(stderr, "smoke: %s\n", dlerror());
    return false;
  }
  const assay_api *(*entry)(uint32_t);
  memcpy(&entry, &symbol, sizeof entry);
  api = entry(ASSAY_ABI_VERSION);
  if (api == NULL || entry(ASSAY_ABI_VERSION + 1) != NULL) {
    fputs("smoke: the library does not answer for exactly this version\n", stderr);
    return false;
  }
  if (count > 2) create_options = (assay_text){arguments[2], strlen(arguments[2])};
  return true;
}

int close_observed(void) {
  printf("%d of the adapter's answers are not as expected\n", failures);
  return failures == 0 ? 0 : 1;
}
