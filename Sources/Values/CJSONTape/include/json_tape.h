#ifndef TAKT_JSON_TAPE_H
#define TAKT_JSON_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A JSON text as simdjson's tape: a word a value, with its type in the highest byte
/// (https://github.com/simdjson/simdjson/blob/master/doc/tape.md), and texts beside it, each behind its length in four bytes.
typedef struct takt_json_tape takt_json_tape;

/// Bytes behind a text that may be read.
enum { takt_json_padding = 64 };

/// NULL where there is no memory.
takt_json_tape *_Nullable takt_json_tape_create(void);

void takt_json_tape_destroy(takt_json_tape *_Nonnull tape);

/// Whether `bytes` are one JSON value, strictly by RFC 8259, no deeper than 500, with numbers that 64 bits hold and texts without halves of
/// surrogate pairs. `takt_json_padding` bytes behind `length` must be readable. The tape's pointers are good until the next call.
bool takt_json_tape_parse(takt_json_tape *_Nonnull tape, const uint8_t *_Nonnull bytes, size_t length);

const uint64_t *_Nonnull takt_json_tape_words(const takt_json_tape *_Nonnull tape);

const uint8_t *_Nonnull takt_json_tape_texts(const takt_json_tape *_Nonnull tape);

#ifdef __cplusplus
}
#endif

#endif
