#include "json_tape.h"

#include <new>
#include <simdjson.h>

static_assert(takt_json_padding >= simdjson::SIMDJSON_PADDING, "padding");

struct takt_json_tape {
  simdjson::dom::parser parser;
  size_t capacity = 0;

  // simdjson grows to just what a text needs; lines that grow little by little would have it allocate anew for each.
  bool reserve(size_t length) {
    if (length <= capacity) return true;
    size_t wanted = capacity < 4096 ? 4096 : capacity;
    while (wanted < length) wanted *= 2;
    if (parser.allocate(wanted, 500) || parser.doc.allocate(wanted)) return false;
    capacity = wanted;
    return true;
  }
};

takt_json_tape *takt_json_tape_create(void) { return new (std::nothrow) takt_json_tape; }

void takt_json_tape_destroy(takt_json_tape *tape) { delete tape; }

bool takt_json_tape_parse(takt_json_tape *tape, const uint8_t *bytes, size_t length) {
  if (length == 0 || length > UINT32_MAX / 2 || !tape->reserve(length)) return false;
  return tape->parser.parse(bytes, length, false).error() == simdjson::SUCCESS;
}

const uint64_t *takt_json_tape_words(const takt_json_tape *tape) { return tape->parser.doc.tape.get(); }

const uint8_t *takt_json_tape_texts(const takt_json_tape *tape) { return tape->parser.doc.string_buf.get(); }
