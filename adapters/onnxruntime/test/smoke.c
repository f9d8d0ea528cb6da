// Self-test of the adapter, through the standard interface alone.
//
//   smoke LIBRARY [OPTIONS_JSON]
//
// Every observation runs in a process of its own, because the runtime may die of one. It prints
// one line: what was asked, and the output's bits, the refusal, or the signal. Observations that
// the adapter answers for have the expected line beside them; a difference fails the test. The
// others are facts about the runtime, for docs/interop.md.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drafts.h"

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

static void observe_bytes(const char *name, const draft *from, assay_bytes model, bool into,
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

static void observe_with(const char *name, draft *from, bool into, const char *expected) {
  writer model = {.count = 0};
  draft_model(from, &model);
  for (size_t i = 0; i < from->input_count; i++) {
    if (from->inputs[i].kind == ASSAY_KIND_TENSOR) from->inputs[i].tensor.dims = from->dims[i];
  }
  observe_bytes(name, from, (assay_bytes){model.bytes, model.count}, into, expected);
}

static void observe(const char *name, draft *from, const char *expected) {
  observe_with(name, from, false, expected);
}

#define DIMS(...) ((const int64_t[]){__VA_ARGS__, -1})
#define SCALAR ((const int64_t[]){-1})
#define TEXT(literal) ((assay_text){literal, sizeof literal - 1})

static void basics(void) {
  const float a[] = {1, -2, 3.5f}, b[] = {2, 2, -0.0f};
  draft add = draft_node("Add", "", 14);
  draft_tensor(&add, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_tensor(&add, ASSAY_TYPE_F32, DIMS(3), b, sizeof b);
  draft_output(&add, ASSAY_TYPE_F32, DIMS(3));
  observe("Add f32", &add, "type 1 [3] 40400000 00000000 40600000");
  observe_with("Add f32 into a destination", &add, true, "type 1 [3] 40400000 00000000 40600000");
  add.input_count = 1;
  observe("Add with one value too few", &add, "execute status 3 reason 0: ~");

  const assay_text left[] = {TEXT("a\0b"), TEXT(""), TEXT("\xc3\xa9")};
  const assay_text right[] = {TEXT("c"), TEXT(""), TEXT("\0")};
  draft concat = draft_node("StringConcat", "", 20);
  draft_strings(&concat, DIMS(3), left, 3);
  draft_strings(&concat, DIMS(3), right, 3);
  draft_output(&concat, ASSAY_TYPE_STRING, DIMS(3));
  observe("StringConcat with zero bytes", &concat,
          "type 8 [3] \"a\\x00bc\" \"\" \"\\xc3\\xa9\\x00\"");

  const float nothing[1] = {0};
  draft relu = draft_node("Relu", "", 14);
  draft_tensor(&relu, ASSAY_TYPE_F32, DIMS(2, 0), nothing, 0);
  draft_output(&relu, ASSAY_TYPE_F32, DIMS(2, 0));
  observe("Relu of an empty tensor", &relu, "type 1 [2,0]");

  // The runtime folds this node, so the output is a constant of the compiled model.
  draft shape = draft_node("Shape", "", 13);
  draft_tensor(&shape, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_output(&shape, ASSAY_TYPE_I64, DIMS(1));
  observe("Shape", &shape, "type 7 [1] 0000000000000003");
  observe_with("Shape into a destination", &shape, true, "type 7 [1] 0000000000000003");
  draft same = draft_node("Identity", "", 14);
  draft_tensor(&same, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_output(&same, ASSAY_TYPE_F32, DIMS(3));
  observe_with("Identity into a destination", &same, true,
               "type 1 [3] 3f800000 c0000000 40600000");
  draft wrong = draft_node("Relu", "", 14);
  draft_tensor(&wrong, ASSAY_TYPE_F32, DIMS(3), a, sizeof a);
  draft_output(&wrong, ASSAY_TYPE_F32, DIMS(4));
  observe("Relu declared of a wrong shape", &wrong, NULL);
  observe_with("Relu declared of a wrong shape into a destination", &wrong, true, NULL);
  draft compress = draft_node("NonZero", "", 13);
  draft_tensor(&compress, ASSAY_TYPE_F32, DIMS(3), b, sizeof b);
  draft_output(&compress, ASSAY_TYPE_I64, DIMS(1, 3));
  observe("NonZero declared of a wrong shape", &compress, "type 7 [1,2] 0000000000000000 "
          "0000000000000001");
  observe_with("NonZero declared of a wrong shape into a destination", &compress, true,
               "execute_into status 1 reason 5: ~");
}

static void structures(void) {
  const float one[] = {1}, two[] = {2, 4};
  writer sequence = {.count = 0}, optional = {.count = 0}, tensor = {.count = 0};
  sequence_type(&sequence, ASSAY_TYPE_F32);
  draft construct = draft_node("SequenceConstruct", "", 11);
  draft_tensor(&construct, ASSAY_TYPE_F32, DIMS(1), one, sizeof one);
  draft_tensor(&construct, ASSAY_TYPE_F32, DIMS(2), two, sizeof two);
  draft_typed_output(&construct, &sequence);
  observe("SequenceConstruct", &construct, "sequence of 2, kind 1 type 1 <type 1 [1] 3f800000> "
          "<type 1 [2] 40000000 40800000>");

  assay_value empty = {.kind = ASSAY_KIND_SEQUENCE};
  empty.sequence = (assay_sequence){ASSAY_KIND_TENSOR, ASSAY_TYPE_F32, 0, NULL};
  draft insert = draft_node("SequenceInsert", "", 11);
  draft_value(&insert, &sequence, empty);
  draft_tensor(&insert, ASSAY_TYPE_F32, DIMS(2), two, sizeof two);
  draft_typed_output(&insert, &sequence);
  observe("SequenceInsert into an empty sequence", &insert,
          "sequence of 1, kind 1 type 1 <type 1 [2] 40000000 40800000>");

  draft same = draft_node("Identity", "", 16);
  draft_value(&same, &sequence, empty);
  draft_typed_output(&same, &sequence);
  observe("Identity of an empty sequence", &same, "sequence of 0, kind 1 type 1");

  write_tensor_type(&tensor, ASSAY_TYPE_F32, DIMS(1), 1);
  optional_type(&optional, &tensor);
  const assay_value missing = {.kind = ASSAY_KIND_OPTIONAL};
  draft has = draft_node("OptionalHasElement", "", 18);
  draft_value(&has, &optional, missing);
  draft_output(&has, ASSAY_TYPE_BOOL, SCALAR);
  observe("OptionalHasElement of a missing value", &has, "type 9 [] 00");
  draft missing_same = draft_node("Identity", "", 16);
  draft_value(&missing_same, &optional, missing);
  draft_typed_output(&missing_same, &optional);
  observe("Identity of a missing value", &missing_same, "optional without value");

  draft wrap = draft_node("Optional", "", 15);
  draft_tensor(&wrap, ASSAY_TYPE_F32, DIMS(1), one, sizeof one);
  draft_typed_output(&wrap, &optional);
  observe("Optional of a tensor", &wrap, "optional type 1 [1] 3f800000");
}

static void refusals(void) {
  const float x[] = {1};
  static const uint8_t garbage[] = {0xff, 0xff, 0xff, 0x07, 0x12};
  observe_bytes("bytes that are no model", &(draft){.input_count = 0},
                (assay_bytes){garbage, sizeof garbage}, false, "compile status 2 reason 0: ~");
  const struct {
    const char *name, *operator, *domain;
    uint64_t opset;
    const char *expected;
  } all[] = {
      {"an unknown operator", "Nope", "", 21, "compile status 1 reason 1: ~"},
      {"an unknown operator of a foreign domain", "Nope", "com.example", 1,
       "compile status 1 reason 1: ~"},
      {"Relu in operator set 28", "Relu", "", 28, NULL},
      {"Relu in operator set 29", "Relu", "", 29, NULL},
      {"Relu in operator set 99", "Relu", "", 99, "compile status 1 reason 2: ~"},
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    draft made = draft_node(all[i].operator, all[i].domain, all[i].opset);
    draft_tensor(&made, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
    draft_output(&made, ASSAY_TYPE_F32, DIMS(1));
    observe(all[i].name, &made, all[i].expected);
  }
  const uint16_t bf16[] = {0x3f80};
  draft relu = draft_node("Relu", "", 14);
  draft_tensor(&relu, ASSAY_TYPE_BF16, DIMS(1), bf16, sizeof bf16);
  draft_output(&relu, ASSAY_TYPE_BF16, DIMS(1));
  observe("Relu bf16", &relu, "compile status 1 reason 3: ~");
  draft two = draft_node("Relu", "", 14);
  draft_tensor(&two, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_tensor(&two, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_output(&two, ASSAY_TYPE_F32, DIMS(1));
  observe("Relu with two inputs", &two, "compile status 2 reason 0: ~");
  const int64_t index[] = {3};
  draft gather = draft_node("Gather", "", 13);
  draft_tensor(&gather, ASSAY_TYPE_F32, DIMS(1), x, sizeof x);
  draft_tensor(&gather, ASSAY_TYPE_I64, DIMS(1), index, sizeof index);
  draft_output(&gather, ASSAY_TYPE_F32, DIMS(1));
  observe("Gather with an index out of range", &gather, "execute status 3 reason 0: ~");
}

// What a kernel refuses when it runs, saying which part of the request it does not do.
static void gaps(void) {
  const uint16_t half[] = {0x3c00, 0x3c00};
  const float x[] = {1, 2, 3, 4}, scales[] = {2};
  const int64_t index[] = {1};
  draft scatter = draft_node("ScatterND", "", 18);
  draft_tensor(&scatter, ASSAY_TYPE_F16, DIMS(2), half, sizeof half);
  draft_tensor(&scatter, ASSAY_TYPE_I64, DIMS(1, 1), index, sizeof index);
  draft_tensor(&scatter, ASSAY_TYPE_F16, DIMS(1), half, sizeof *half);
  draft_text(&scatter, "reduction", "add");
  draft_output(&scatter, ASSAY_TYPE_F16, DIMS(2));
  observe("ScatterND of float16 with a reduction", &scatter, "execute status 1 reason 3: ~");
  draft resize = draft_node("Resize", "", 19);
  draft_tensor(&resize, ASSAY_TYPE_F32, DIMS(4), x, sizeof x);
  draft_nothing(&resize);
  draft_tensor(&resize, ASSAY_TYPE_F32, DIMS(1), scales, sizeof scales);
  draft_text(&resize, "mode", "cubic");
  draft_output(&resize, ASSAY_TYPE_F32, DIMS(8));
  observe("Resize of one dimension by cubes", &resize, "execute status 1 reason 4: ~");
  const double ones[] = {1, 1, 1, 1};
  draft lstm = draft_node("LSTM", "", 14);
  draft_tensor(&lstm, ASSAY_TYPE_F64, DIMS(1, 1, 1), ones, sizeof *ones);
  draft_tensor(&lstm, ASSAY_TYPE_F64, DIMS(1, 4, 1), ones, sizeof ones);
  draft_tensor(&lstm, ASSAY_TYPE_F64, DIMS(1, 4, 1), ones, sizeof ones);
  write_integer_attribute(&lstm.node, "hidden_size", 1);
  draft_output(&lstm, ASSAY_TYPE_F64, DIMS(1, 1, 1, 1));
  observe("LSTM of float64", &lstm, "execute status 1 reason 3: ~");
}

// A graph whose output is its input, so that the runtime needs no kernel for the type.
static void element_types(void) {
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
    const bool known = type < ASSAY_TYPE_C64 || (type > ASSAY_TYPE_C128 && type < ASSAY_TYPE_E2M3);
    observe_bytes(name, &made, (assay_bytes){model.bytes, model.count}, false,
                  known ? expected : "compile status 1 reason 3: ~");
    if (type != ASSAY_TYPE_F32) continue;
    observe_bytes("the same into a destination", &made, (assay_bytes){model.bytes, model.count},
                  true, "execute_into status 1 reason 5: ~");
  }
}

void observe_facts(void (*observe_fact)(const char *name, draft *from));

static void observe_fact(const char *name, draft *from) { observe(name, from, NULL); }

int main(int count, char **arguments) {
  if (count < 2) {
    fputs("usage: smoke LIBRARY [OPTIONS_JSON]\n", stderr);
    return 2;
  }
  void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  void *symbol = library != NULL ? dlsym(library, "assay_backend_api") : NULL;
  if (symbol == NULL) {
    fprintf(stderr, "smoke: %s\n", dlerror());
    return 3;
  }
  const assay_api *(*entry)(uint32_t);
  memcpy(&entry, &symbol, sizeof entry);
  api = entry(ASSAY_ABI_VERSION);
  if (api == NULL || entry(ASSAY_ABI_VERSION + 1) != NULL) {
    fputs("smoke: the library does not answer for exactly this version\n", stderr);
    return 3;
  }
  if (count > 2) create_options = (assay_text){arguments[2], strlen(arguments[2])};
  basics();
  structures();
  refusals();
  gaps();
  element_types();
  observe_facts(observe_fact);
  printf("%d of the adapter's answers are not as expected\n", failures);
  return failures == 0 ? 0 : 1;
}
