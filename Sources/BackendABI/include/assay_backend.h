/*
 * assay_backend.h: the standard interface between a conformance harness and a backend.
 *
 * A backend is a shared library that compiles and executes ONNX models. It exports ONE symbol,
 * assay_backend_api, which returns a table of functions. Everything an implementer needs to know
 * is in this file; it is pure C11, includes nothing but the C library's integer types, and also
 * compiles as C++17.
 *
 *   life cycle      create -> describe -> (compile -> execute* -> release_executable)* -> destroy
 *   model           the bytes of an ONNX ModelProto: one node for an operator case, a whole graph
 *                   for a model case
 *   values          views of memory; who owns the memory is said at each function
 *
 * Rules that hold for every function
 *
 * Threads.    The caller never makes two calls at once into one library. Successive calls may
 *             come from different threads. The backend may run threads of its own; they must be
 *             gone when destroy returns.
 * Ownership.  Memory is released by the side that allocated it. Whatever the caller passes in is
 *             the caller's, may be read only until the function returns, and must be copied when
 *             it is needed longer. Whatever the backend hands out stays the backend's, stays
 *             unchanged, and stays valid until the release function named beside it is called.
 * Failure.    A function that does not return ASSAY_OK has no effect: it hands nothing out, and
 *             everything created before remains usable. It explains itself in `why`. An exception
 *             or a longjmp never crosses this interface.
 * Order.      The caller releases results before their executable and executables before their
 *             backend, each exactly once, and never passes NULL where an object is expected.
 * Text.       UTF-8 with an explicit length, not zero-terminated; {NULL, 0} is the empty text.
 * Process.    The library runs in a worker process of its own, without a standard input, whose
 *             standard output and error are captured, so printing is harmless. It leaves the
 *             floating-point environment, the locale, the signal handlers, the working directory
 *             and descriptors it did not open as it found them.
 * Numbers.    Status codes, reasons, kinds and element types are integers with named values, not
 *             C enumerations: either side may meet a value newer than the header it was compiled
 *             with and must treat it as "unknown". Fields named `reserved` are zero.
 * Bytes.      Elements are little-endian.
 *
 * Versions. New functions are appended to the table, never inserted or reordered, and existing
 * structures never change size, so a backend compiled against an older header keeps working:
 * struct_size says how far its table goes. A change that cannot be made this way increments
 * ASSAY_ABI_VERSION.
 */
#ifndef ASSAY_BACKEND_H
#define ASSAY_BACKEND_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the interface that this header describes. */
#define ASSAY_ABI_VERSION 1u

/* Inputs of execute and destinations of execute_into start at a multiple of this many bytes.
 * What a backend hands out needs no alignment. */
#define ASSAY_ALIGNMENT 64u

/* No tensor has more dimensions, and no value nests deeper, than this. */
#define ASSAY_MAX_RANK 64u
#define ASSAY_MAX_NESTING 16u

/* ---- Status codes ---------------------------------------------------------------------------- */

/* What a call came to. Which ones a function may return is said at the function; any other value
 * counts as ASSAY_INTERNAL_ERROR. */
typedef int32_t assay_status;

/* It worked. */
#define ASSAY_OK 0
/* The request is legal, but this backend does not do it; assay_message.reason says which part.
 * Expected to agree with what `describe` declares: a refusal of something declared is a failure. */
#define ASSAY_UNSUPPORTED 1
/* The model breaks the ONNX standard. Right for the cases that check rejection, wrong otherwise. */
#define ASSAY_INVALID_MODEL 2
/* Count, type, shape or contents of the inputs (or the options) do not fit; e.g. an index out of
 * range. The executable remains usable. */
#define ASSAY_INVALID_INPUT 3
/* There is no device, or it was lost. The worker is replaced before the next case. */
#define ASSAY_DEVICE_UNAVAILABLE 4
/* Host or device memory is exhausted. */
#define ASSAY_OUT_OF_MEMORY 5
/* Anything else that went wrong inside the backend. Always a failure of the case. */
#define ASSAY_INTERNAL_ERROR 6

/* What is unsupported. Only looked at beside ASSAY_UNSUPPORTED. */
typedef int32_t assay_reason;

#define ASSAY_REASON_NONE 0          /* not set; read as ASSAY_REASON_OTHER */
#define ASSAY_REASON_OPERATOR 1      /* the operator or its domain */
#define ASSAY_REASON_OPSET 2         /* this version of the operator or operator set */
#define ASSAY_REASON_DTYPE 3         /* the element type, or the combination of types */
#define ASSAY_REASON_RANK 4          /* the number of dimensions */
#define ASSAY_REASON_SHAPE 5         /* these dimensions: too large, empty, not a multiple */
#define ASSAY_REASON_ATTRIBUTE 6     /* the value of an attribute */
#define ASSAY_REASON_DYNAMIC_SHAPE 7 /* a shape that is not known when compiling */
#define ASSAY_REASON_LAYOUT 8        /* the order of the axes in memory */
#define ASSAY_REASON_NUMERIC_MODE 9  /* the numeric mode asked for */
#define ASSAY_REASON_MEMORY 10       /* more memory than the device can have */
#define ASSAY_REASON_OTHER 11        /* none of the above; the message says what */

/* ---- Plain views ----------------------------------------------------------------------------- */

/* UTF-8 text. Not zero-terminated. `bytes` may be NULL only when `length` is 0. */
typedef struct assay_text {
  const char *bytes;
  size_t length;
} assay_text;

/* Raw bytes. `bytes` may be NULL only when `count` is 0. */
typedef struct assay_bytes {
  const void *bytes;
  size_t count;
} assay_bytes;

/* Where a function explains why it did not return ASSAY_OK. The caller provides `buffer` with
 * `capacity` bytes (at least 256) and sets length and reason to 0. The backend writes at most
 * `capacity` bytes of UTF-8 (cut at a character border), sets `length` to the number of bytes
 * written, and sets `reason` beside ASSAY_UNSUPPORTED. The message is one sentence for a person:
 * what was refused or failed, with names and numbers. Ignored beside ASSAY_OK. Never NULL. */
typedef struct assay_message {
  char *buffer;
  size_t capacity;
  size_t length;
  assay_reason reason;
  uint32_t reserved;
} assay_message;

/* ---- Values ---------------------------------------------------------------------------------- */

/* The number of an element type in ONNX's TensorProto.DataType. Bits per element and the short
 * name used in `describe` stand beside each. */
typedef int32_t assay_element_type;

#define ASSAY_TYPE_F32 1       /*  32  f32      */
#define ASSAY_TYPE_U8 2        /*   8  u8       */
#define ASSAY_TYPE_I8 3        /*   8  i8       */
#define ASSAY_TYPE_U16 4       /*  16  u16      */
#define ASSAY_TYPE_I16 5       /*  16  i16      */
#define ASSAY_TYPE_I32 6       /*  32  i32      */
#define ASSAY_TYPE_I64 7       /*  64  i64      */
#define ASSAY_TYPE_STRING 8    /*   -  string   */
#define ASSAY_TYPE_BOOL 9      /*   8  bool     one byte, 0 or 1 and nothing else */
#define ASSAY_TYPE_F16 10      /*  16  f16      */
#define ASSAY_TYPE_F64 11      /*  64  f64      */
#define ASSAY_TYPE_U32 12      /*  32  u32      */
#define ASSAY_TYPE_U64 13      /*  64  u64      */
#define ASSAY_TYPE_C64 14      /*  64  c64      real and imaginary part, two f32 */
#define ASSAY_TYPE_C128 15     /* 128  c128     real and imaginary part, two f64 */
#define ASSAY_TYPE_BF16 16     /*  16  bf16     */
#define ASSAY_TYPE_E4M3FN 17   /*   8  e4m3fn   */
#define ASSAY_TYPE_E4M3FNUZ 18 /*   8  e4m3fnuz */
#define ASSAY_TYPE_E5M2 19     /*   8  e5m2     */
#define ASSAY_TYPE_E5M2FNUZ 20 /*   8  e5m2fnuz */
#define ASSAY_TYPE_U4 21       /*   4  u4       two per byte, the first in the low bits */
#define ASSAY_TYPE_I4 22       /*   4  i4       */
#define ASSAY_TYPE_E2M1 23     /*   4  e2m1     */
#define ASSAY_TYPE_E8M0 24     /*   8  e8m0     */
#define ASSAY_TYPE_U2 25       /*   2  u2       four per byte, the first in the low bits */
#define ASSAY_TYPE_I2 26       /*   2  i2       */
#define ASSAY_TYPE_E2M3 27     /*   6  e2m3     four in three bytes, the first in the low bits */
#define ASSAY_TYPE_E3M2 28     /*   6  e3m2     */

/* A dense tensor, row-major without gaps.
 *
 * Elements are packed: n elements of b bits take exactly (n * b + 7) / 8 bytes, the padding bits
 * of the last byte are zero. n is the product of the dimensions, 1 for a scalar (rank 0), 0 when
 * a dimension is 0. No dimension is negative.
 *
 * All types but strings use `bytes` and `byte_count`, and have no strings. A tensor of strings
 * uses `strings` and `string_count` = n, and has no bytes. Pointers may be NULL only when what
 * they point to is empty. */
typedef struct assay_tensor {
  assay_element_type element_type;
  uint32_t rank;
  const int64_t *dims; /* `rank` of them */
  const void *bytes;
  size_t byte_count;
  const assay_text *strings;
  size_t string_count;
} assay_tensor;

typedef struct assay_value assay_value;

/* Which member of an assay_value is set. */
typedef int32_t assay_value_kind;

#define ASSAY_KIND_ABSENT 0 /* no value: see the inputs of execute; never an output */
#define ASSAY_KIND_TENSOR 1
#define ASSAY_KIND_SEQUENCE 2
#define ASSAY_KIND_OPTIONAL 3
#define ASSAY_KIND_MAP 4

/* A sequence of values of one kind. An empty sequence has a kind too. `element_type` is the type
 * of the tensors when the elements are tensors, also when there are none; otherwise 0. */
typedef struct assay_sequence {
  assay_value_kind element_kind;
  assay_element_type element_type;
  size_t count;
  const assay_value *elements;
} assay_sequence;

/* A value that may be missing: `value` is NULL when it is. A missing value of type optional is of
 * kind ASSAY_KIND_OPTIONAL all the same. */
typedef struct assay_optional {
  const assay_value *value;
} assay_optional;

/* A map. `keys` is a tensor of rank 1 of an integer type or of strings, without duplicates.
 * `values` is a tensor of rank 1, or a sequence, with one element per key, in the same order. */
typedef struct assay_map {
  const assay_tensor *keys;
  const assay_value *values;
} assay_map;

/* Any ONNX value: a tagged union of 64 bytes. */
struct assay_value {
  assay_value_kind kind;
  uint32_t reserved;
  union {
    assay_tensor tensor;
    assay_sequence sequence;
    assay_optional optional;
    assay_map map;
    uint64_t room[7]; /* fixes the size for kinds to come */
  };
};

/* Memory of the caller that receives one output tensor of execute_into. The caller sets the
 * first four fields, the backend the others. */
typedef struct assay_destination {
  void *bytes;            /* aligned to ASSAY_ALIGNMENT, filled with a pattern, guarded */
  size_t capacity;        /* bytes that may be written */
  int64_t *dims;          /* room for the dimensions of the output */
  uint32_t rank_capacity; /* how many of them */
  uint32_t rank;          /* backend: the rank of the output */
  assay_element_type element_type; /* backend: its type; never strings */
  uint32_t reserved;
  size_t byte_count; /* backend: bytes of the output, all of them written */
} assay_destination;

/* ---- Objects --------------------------------------------------------------------------------- */

/* One session with a device. Made by create, ended by destroy. */
typedef struct assay_backend assay_backend;
/* A model compiled by a backend. Made by compile, ended by release_executable. */
typedef struct assay_executable assay_executable;
/* The outputs of one execution. Made by execute, ended by release_result. */
typedef struct assay_result assay_result;

/* ---- The table ------------------------------------------------------------------------------- */

/* The functions of a backend. The first eight are required; the ones after `destroy` may be NULL.
 * A caller must not read a member beyond struct_size. */
typedef struct assay_api {
  /* sizeof(assay_api) in the header the backend was compiled with. */
  uint32_t struct_size;
  /* The version of the interface that this table implements. */
  uint32_t abi_version;

  /* Opens a session with the device.
   *
   * options_json: a JSON object, or empty text for {}. A backend ignores keys it does not know.
   *     "device"    text: which device, in the vendor's notation, e.g. "npu:0"
   *     "threads"   integer >= 1: how many host threads to compute with
   *   All other keys belong to the vendor; they come from the command line unchanged and are
   *   printed in the report.
   * out: receives the session; the backend's, until destroy. Set on ASSAY_OK only.
   *
   * ASSAY_OK                  *out is set and not NULL.
   * ASSAY_INVALID_INPUT       the options are no JSON object, or a value in them is unusable.
   * ASSAY_DEVICE_UNAVAILABLE  no such device, no permission, no driver: nothing is judged.
   * ASSAY_OUT_OF_MEMORY, ASSAY_INTERNAL_ERROR  likewise.
   * The caller checks: the status, *out, and the time limit for starting (default 60 s). */
  assay_status (*create)(assay_text options_json, assay_backend **out, assay_message *why);

  /* Says who the backend is and what it declares to support. Called after create, possibly more
   * than once, always with the same answer.
   *
   * json_out: receives a JSON object; the backend's, until destroy. The format stands at the end
   *   of this header.
   *
   * ASSAY_OK  *json_out is set.
   * ASSAY_OUT_OF_MEMORY, ASSAY_INTERNAL_ERROR, ASSAY_DEVICE_UNAVAILABLE  nothing is judged.
   * The caller checks: valid UTF-8, valid JSON, the required members, at most 16 MiB. */
  assay_status (*describe)(assay_backend *backend, assay_text *json_out, assay_message *why);

  /* Compiles a model.
   *
   * onnx_model: an ONNX ModelProto in protobuf encoding, without external data. The caller's,
   *   until the function returns. May be malformed on purpose.
   * options_json: a JSON object, or empty text for {}. A backend ignores keys it does not know.
   *     "numericMode"  text: the name of the declared numeric mode to compile for; absent: the
   *                    backend's first choice
   * out: receives the executable; the backend's, until release_executable. Set on ASSAY_OK only.
   *
   * ASSAY_OK             *out is set and not NULL. Several executables may exist at a time.
   * ASSAY_UNSUPPORTED    a legal model (or option) that this backend does not take; why->reason
   *                      is set. Refuse here rather than in execute wherever the model tells.
   * ASSAY_INVALID_MODEL  the bytes are no ONNX model, or the model breaks a rule of ONNX.
   * ASSAY_INVALID_INPUT  the options are no JSON object.
   * ASSAY_DEVICE_UNAVAILABLE, ASSAY_OUT_OF_MEMORY, ASSAY_INTERNAL_ERROR  see above.
   * The caller checks: the status against the declared capabilities, *out, the time limit. */
  assay_status (*compile)(assay_backend *backend, assay_bytes onnx_model, assay_text options_json,
                          assay_executable **out, assay_message *why);

  /* Executes a compiled model once and waits until the outputs are readable by the host.
   *
   * inputs: one value per entry of graph.input, in that order; input_count of them. An entry that
   *   also has an initializer may be of kind ASSAY_KIND_ABSENT: the initializer is the value. The
   *   caller's, until the function returns; the backend must not write to them and must not
   *   return pointers into them. `inputs` may be NULL when input_count is 0.
   * out: receives the outputs; the backend's, until release_result. Set on ASSAY_OK only. Must
   *   not change when the executable runs again: several results may be alive at a time.
   *
   * ASSAY_OK             *out is set and not NULL.
   * ASSAY_UNSUPPORTED    what the model did not tell, e.g. a dynamic dimension of this size.
   * ASSAY_INVALID_INPUT  wrong count, kind, type or shape of the inputs, or contents that ONNX
   *                      forbids, such as an index out of range. Never a crash.
   * ASSAY_DEVICE_UNAVAILABLE, ASSAY_OUT_OF_MEMORY, ASSAY_INTERNAL_ERROR  see above.
   * The caller checks: the status, the time limit, that the inputs and the memory around them
   * are unchanged, and the outputs as described at result_values. */
  assay_status (*execute)(assay_executable *executable, const assay_value *inputs,
                          size_t input_count, assay_result **out, assay_message *why);

  /* Shows the outputs of an execution: one value per entry of graph.output, in that order.
   * Returns their address and sets *count. The memory and everything it points to is the
   * backend's, until release_result. Cannot fail; always the same answer for one result.
   *
   * The caller checks before it reads an element: the count, pointers, rank <= ASSAY_MAX_RANK,
   * dimensions >= 0, that byte_count is what type and dimensions give, nesting; then kind, type,
   * shape and values against the golden. */
  const assay_value *(*result_values)(const assay_result *result, size_t *count);

  /* Releases the outputs of one execution. Cannot fail. */
  void (*release_result)(assay_result *result);

  /* Releases a compiled model. All of its results have been released. Cannot fail. */
  void (*release_executable)(assay_executable *executable);

  /* Ends the session. All of its executables have been released. Ends the backend's threads and
   * child processes. Cannot fail; the caller checks the time limit. The library may be asked for
   * another session afterwards, and stays loaded. */
  void (*destroy)(assay_backend *backend);

  /* ---- Optional functions: NULL, or beyond struct_size, when a backend lacks them. ---- */

  /* Executes like `execute`, but writes each output into memory of the caller. That memory is
   * filled with a pattern beforehand and guarded on both sides, which shows elements that were
   * never written and writes out of bounds. A backend should have this function when the shapes of
   * its outputs are known before the execution; `execute` is used when it is NULL. It should be
   * the path its customers use, not a copy of the result of `execute`.
   *
   * inputs, input_count: as for execute.
   * outputs: one destination per entry of graph.output, in that order. The caller's; the backend
   *   writes until the function returns, never later, and never outside of [bytes, bytes +
   *   capacity) and [dims, dims + rank_capacity). It writes byte_count bytes, all of them, and
   *   leaves the others alone.
   *
   * ASSAY_OK           every destination has its rank, dims, element_type, bytes and byte_count.
   * ASSAY_UNSUPPORTED  an output is no tensor or a tensor of strings, does not fit into its
   *                    destination, or this executable cannot do it. Not judged: the caller calls
   *                    execute instead. The memory of the destinations may have been written to.
   * The other statuses are those of execute.
   * The caller checks: as for execute, and the pattern and the guards of each destination. */
  assay_status (*execute_into)(assay_executable *executable, const assay_value *inputs,
                               size_t input_count, assay_destination *outputs,
                               size_t output_count, assay_message *why);

  /* Says how long the device itself computed in the last successful execution of this executable,
   * without transfers and waiting, in nanoseconds. Informative; never judged.
   *
   * ASSAY_OK           *nanoseconds is set.
   * ASSAY_UNSUPPORTED  not measured. ASSAY_INTERNAL_ERROR  could not be read. */
  assay_status (*device_time_ns)(assay_executable *executable, uint64_t *nanoseconds,
                                 assay_message *why);

  /* Says where the nodes of a compiled model run. A node that falls back to the host CPU must say
   * so; a claim about a device holds only for the nodes that run on it.
   *
   * json_out: receives {"nodes": [{"index": 0, "operator": "Add", "unit": "device"}, ...]}, one
   *   entry per node of the graph that was passed to compile, "unit" being "device" or "host",
   *   "index" its position in graph.node. The backend's, until release_executable.
   *
   * ASSAY_OK           *json_out is set.
   * ASSAY_UNSUPPORTED  not known. ASSAY_OUT_OF_MEMORY, ASSAY_INTERNAL_ERROR  see above. */
  assay_status (*placement_json)(assay_executable *executable, assay_text *json_out,
                                 assay_message *why);
} assay_api;

/* ---- The exported symbol --------------------------------------------------------------------- */

#if defined(_WIN32)
#define ASSAY_EXPORT __declspec(dllexport)
#else
#define ASSAY_EXPORT __attribute__((visibility("default")))
#endif

/* Returns the table for the requested version of the interface, or NULL when the library does not
 * implement that version; the caller then asks for an older one or gives up. The table is constant
 * and valid as long as the library is loaded. Called before anything else, possibly more than
 * once; does nothing but return a pointer.
 * The caller checks: not NULL, abi_version equals the request, struct_size covers the required
 * members, and these are not NULL. */
ASSAY_EXPORT const assay_api *assay_backend_api(uint32_t requested_version);

#ifdef __cplusplus
}
#endif

/*
 * ---- The JSON of `describe` --------------------------------------------------------------------
 *
 * One object. Members marked * are required, unknown members are ignored, null is not used.
 *
 * {
 *   "schema": "assay.describe/1",                                                              *
 *   "identity": {                                                                              *
 *     "vendor": "Example Silicon",     the legal entity or project that answers for it         *
 *     "product": "Example Runtime",    what a customer would call it                           *
 *     "version": "4.2.1",              of this library; changes with every build that differs  *
 *     "device": "EX-100",              what computes; "cpu" for the host                       *
 *     "driver": "570.12"               driver or firmware, where there is one
 *   },
 *   "capabilities": [                  what is supported; absent: nothing is declared and
 *     {                                everything is tried. A declared combination that is
 *       "operator": "Conv",            refused, or an undeclared one that is wrong, is a failure.
 *       "domain": "",                  absent: "" (ai.onnx)
 *       "opsets": [11, 22],            first and last version of the operator set, both included
 *       "types": {"T": ["f32", "f16"]},  per type parameter of the operator; absent: all
 *       "ranks": [3, 5],               smallest and largest rank of the first input; absent: all
 *       "attributes": {"auto_pad": ["NOTSET"]},  values taken, where not all are; absent: all
 *       "dynamicShapes": false         shapes unknown when compiling; absent: false
 *     }
 *   ],
 *   "unsupported": [                   exceptions: cases that agree with all members of "match"
 *     {                                may be refused with this reason although declared above
 *       "match": {"operator": "Conv", "domain": "", "type": "f16", "rank": 5},
 *       "reason": "rank",              operator opset dtype rank shape attribute dynamicShape
 *       "text": "no 3-D convolution in f16"             layout numericMode memory other
 *     }
 *   ],
 *   "numericModes": [                  how it computes; absent: as strict as the standard allows.
 *     {                                Selects the error bound; a wrong declaration is found out.
 *       "name": "tf32",                for reports and the compile option "numericMode"
 *       "family": "matmul",            elementwise matmul conv reduce normalise attention
 *       "inputType": "f32",            recurrent quantise; absent: all. Likewise the type.
 *       "inputPrecision": 11,          significant bits kept of the factors of a product
 *       "inputRounding": "nearestEven",         or "towardZero"
 *       "accumulator": [{"precision": 14, "block": 128}, {"precision": 24}],
 *                                      from the inside out; no block: unlimited
 *       "accumulateRounding": "nearestEven",    or "towardZero", then with "accumulateBlock": n
 *       "computePrecision": 24,        bits of elementwise and composite steps
 *       "storagePrecision": 11,        bits of materialised intermediates; absent: fused
 *       "elementwiseLevel": "standard",         or "faithful", "fast"
 *       "basicRounding": "correct",             or "relaxed": + - * / sqrt may be 1 ulp off
 *       "subnormals": "preserve",               or "flushOutput", "flushBoth"
 *       "overflow": "ieee",                     or "saturating"
 *       "integerOverflow": "wrap",              or "saturate"
 *       "minMaxNaN": "propagate",               or "number"
 *       "requantise": "float",                  or "fixedPoint"
 *       "trigonometricRange": 65536    largest argument reduced properly; absent: unlimited
 *     }                                Absent members take the strict value.
 *   ],
 *   "determinism": "D1",               D0 none; D1 from run to run; D2 also across processes,
 *                                      threads, streams and addresses; D3 also batch size and
 *                                      position; D4 bit-equal to the published reference order;
 *                                      absent: D0
 *   "limits": {                        absent: unlimited
 *     "maxRank": 8,
 *     "maxElements": 2147483647,       in one tensor
 *     "memoryBytes": 17179869184       for one model with all its values
 *   }
 * }
 */
#endif /* ASSAY_BACKEND_H */
