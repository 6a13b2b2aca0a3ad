/* Tokens: what a chunk of text (a run without ASCII white space) is made of.
 *
 * Words are told by Unicode properties; e-mail addresses, URLs, hashtags, mentions, numbers with their units,
 * emoji sequences and emoticons are tokens of their own, so are masks. */
#ifndef VOC_TEXT_TOKEN_H
#define VOC_TEXT_TOKEN_H

#include "base/arena.h"

G_BEGIN_DECLS

typedef enum {
    VOC_TOKEN_WORD,
    VOC_TOKEN_NUMBER,   /* 12, 3,50, 12kk, 50€, 1.2.2026 */
    VOC_TOKEN_EMOJI,    /* one sequence: skin tones and joined pictures belong together */
    VOC_TOKEN_EMOTICON, /* :-) */
    VOC_TOKEN_URL,
    VOC_TOKEN_EMAIL,
    VOC_TOKEN_MENTION, /* @name */
    VOC_TOKEN_HASHTAG, /* #word: its norm is the word */
    VOC_TOKEN_PUNCT,   /* a run of marks */
    VOC_TOKEN_MASK,    /* [HETU], [NAME-ABCDEFGH]: what voc redact has put in the place of personal data */
} VocTokenKind;

enum {
    VOC_TOKEN_CAPS = 1 << 0,      /* two or more letters, all capitals */
    VOC_TOKEN_TITLE = 1 << 1,     /* begins with a capital */
    VOC_TOKEN_ELONGATED = 1 << 2, /* a letter three or more times: hyväääää */
    VOC_TOKEN_HYPHEN = 1 << 3,    /* ends in a hyphen: toimitus- ja postikulut */
    VOC_TOKEN_STOP = 1 << 4,      /* a stop word of its language */
    VOC_TOKEN_END = 1 << 5,       /* marks that end a sentence: . ! ? … */
    VOC_TOKEN_COMMA = 1 << 6,     /* marks that end a clause: , ; : ( ) – */
    VOC_TOKEN_EXCLAIM = 1 << 7,   /* marks with a ! */
    VOC_TOKEN_QUESTION = 1 << 8,  /* marks with a ? */
};

/* A chunk is at most this long; longer runs are cut. */
#define VOC_CHUNK_MAX 1024

/* A token as it stands: where it is and what kind of thing. */
typedef struct VocRawToken {
    guint8 kind;
    guint16 flags;
    guint16 start, len;       /* bytes in the chunk */
    guint16 cp_start, cp_len; /* code points in the chunk */
} VocRawToken;

/* Bytes of the mask that `text` begins with: three or more capitals and dashes in brackets; 0: none. */
gsize voc_mask_length(VocSlice text);

/* Cuts `chunk` (valid UTF-8, at most VOC_CHUNK_MAX bytes) into tokens, in order; white space that is not
 * ASCII stands between tokens. Returns an array in `arena`, its length in `*n`. */
VocRawToken *voc_tokenize(VocSlice chunk, VocArena *arena, guint *n);

/* The normal form: NFC, full case folding, typographic apostrophes and hyphens made plain, soft hyphens and
 * zero-width marks out. In `arena`. */
VocSlice voc_text_fold(VocSlice word, VocArena *arena);

/* `folded` with every letter that stands three or more times in a row cut to `keep` (1 or 2). In `arena`. */
VocSlice voc_text_shorten(VocSlice folded, guint keep, VocArena *arena);

/* Code points of valid UTF-8. */
guint voc_text_length(VocSlice text);

G_END_DECLS

#endif
