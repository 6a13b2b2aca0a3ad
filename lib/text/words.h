/* The word table: every distinct chunk of text is analysed once and found again with one hash probe.
 *
 * A text is cut at ASCII white space into chunks. What a chunk is made of (tokens, their normal forms, their
 * base forms or stems in each language, what stages have noted about them) is worked out at first sight,
 * however long that takes, and remembered; running text then costs a look-up a chunk. */
#ifndef VOC_TEXT_WORDS_H
#define VOC_TEXT_WORDS_H

#include "text/language.h"
#include "text/token.h"

G_BEGIN_DECLS

/* How Finnish words are brought to a form that they share. */
typedef enum {
    VOC_MORPHOLOGY_AUTO,     /* Voikko where it is installed, else Snowball */
    VOC_MORPHOLOGY_SNOWBALL, /* stems */
    VOC_MORPHOLOGY_VOIKKO,   /* base forms; an error where Voikko is missing */
} VocMorphology;

/* What all threads share: language profile, spoken forms, stop words. */
typedef struct VocWordModel VocWordModel;

/* Loads from `data_dir`/data and `data_dir`/lexicons. `cache_path` is the file that keeps Voikko's answers
 * between runs, NULL for none. NULL and an error when a file is missing or broken (VOC_ERROR_FATAL), or
 * Voikko is asked for and is not there (VOC_ERROR_USAGE). */
VocWordModel *voc_word_model_load(const char *data_dir, VocMorphology morphology, const char *cache_path,
                                  GError **error);

/* Keeps what Voikko said for the next run; FALSE and an error when that cannot be written. */
gboolean voc_word_model_save(VocWordModel *model, GError **error);
void voc_word_model_free(VocWordModel *model);

/* A token analysed in one language. */
typedef struct VocToken {
    VocRawToken raw;
    VocSlice norm; /* normal form: NFC, case folded, elongation cut, a hashtag without its # */
    VocSlice base; /* base form or stem of a word; the norm of what is none */
} VocToken;

/* How many stages may note things about tokens. */
#define VOC_ANNOTATORS 4

/* A chunk's tokens in one language. `marks` has bit i set when annotator i noted something about one of them;
 * `flags` has the tokens' flags, all together. The notes stand behind the tokens: see voc_word_note(). */
typedef struct VocWordList VocWordList;
struct VocWordList {
    VocWordList *next; /* the same chunk in another language */
    guint16 n;
    guint16 marks;
    guint16 flags;
    guint16 lang;
    VocToken tokens[];
};

/* What annotator a noted about token i stands at [a * n + i]. */
static inline const void **
voc_list_notes(const VocWordList *list)
{
    return (const void **)(void *)(list->tokens + list->n);
}

/* Bytes of a key that stand in the chunk itself. */
#define VOC_CHUNK_INLINE 16

/* A distinct chunk: one cache line that has all that running text needs of most of them. `n`, `marks`,
 * `flags`, `whole` and `note` are those of `words`, the list that was asked for last. */
typedef struct VocChunk {
    guint16 len, cp_len; /* bytes, code points */
    guint16 letters;
    gint16 scores[VOC_LANG_CLASSES]; /* VocLangScores, packed */
    guint8 lang;                     /* of `words` */
    guint8 marks;
    guint16 n;
    guint16 flags;
    guint8 whole;       /* the list is one token, as long as the chunk */
    VocWordList *words; /* see voc_words_list() */
    const void *note;   /* of the first annotator about the token of a whole chunk */
    union {
        char near[VOC_CHUNK_INLINE]; /* zeros behind it */
        const char *far;             /* of a longer key; zeros behind it too */
    } key;
} VocChunk;
G_STATIC_ASSERT(sizeof(VocChunk) == 64);

static inline const char *
voc_chunk_key(const VocChunk *chunk)
{
    return chunk->len <= VOC_CHUNK_INLINE ? chunk->key.near : chunk->key.far;
}

/* A newline stands between a chunk and the one before. */
#define VOC_CHUNK_NEWLINE ((guint32)1 << 31)
#define VOC_CHUNK_START(start) ((start) & ~VOC_CHUNK_NEWLINE)

/* A text cut into chunks. */
typedef struct VocText {
    VocSlice text;
    guint n;
    VocChunk **chunks;
    guint32 *starts; /* byte offset of each, with VOC_CHUNK_NEWLINE */
    VocLang lang;    /* of most of it */
    const guint8
        *langs; /* of each chunk where parts are in different languages; NULL where all are in `lang` */
    double confidence;
} VocText;

/* The language of a chunk. */
static inline VocLang
voc_text_lang(const VocText *text, guint i)
{
    return text->langs ? (VocLang)text->langs[i] : text->lang;
}

/* A thread's word table. */
typedef struct VocWords VocWords;

VocWords *voc_words_new(const VocWordModel *model);
void voc_words_free(VocWords *words);

/* Lets a stage note something about each token when it is first seen: what `annotate` returns (NULL for
 * nothing; it must live as long as the table) is found in the list's notes. Call before the first text.
 * Returns the annotator's number. */
typedef const void *(*VocAnnotate)(void *data, const VocToken *token, VocLang lang, VocArena *arena);
guint voc_words_add_annotator(VocWords *words, VocAnnotate annotate, void *data);

/* Cuts `text` (valid UTF-8, shorter than 2 GiB, VOC_PADDING readable bytes behind it) into chunks and tells
 * its language. The result lives in `arena`; the chunks until voc_words_settle(). */
const VocText *voc_words_read(VocWords *words, VocSlice text, VocArena *arena);

/* The same for `n` texts at once, which is faster for short ones: look-ups in a large table wait for memory,
 * and these wait together. Writes n results to `made`. */
void voc_words_read_many(VocWords *words, const VocSlice *texts, guint n, VocArena *arena, VocText **made);

VocWordList *voc_words_analyse(VocWords *words, VocChunk *chunk, VocLang lang);

/* The chunk's tokens in `lang`; lives until voc_words_settle(). */
static inline const VocWordList *
voc_words_list(VocWords *words, VocChunk *chunk, VocLang lang)
{
    return G_LIKELY(chunk->words && chunk->lang == lang) ? chunk->words
                                                         : voc_words_analyse(words, chunk, lang);
}

/* The note of `annotator` about token `i` of `list`, or NULL. */
static inline const void *
voc_word_note(const VocWordList *list, guint annotator, guint i)
{
    return voc_list_notes(list)[annotator * list->n + i];
}

/* The base form or stem, in `lang`, of a word by itself, as the table would have it; in `arena`. For
 * lexicons: their terms must be brought to the form in which texts are. */
VocSlice voc_words_base(VocWords *words, VocSlice word, VocLang lang, VocArena *arena);

/* The parts of a compound, base forms with + between them (laskutus+virhe); empty for a simple word, and
 * where there is no Voikko. `norm` is a token's; the result lives in `arena`. Asks anew every time. */
VocSlice voc_words_parts(VocWords *words, VocSlice norm, VocLang lang, VocArena *arena);

/* Whether a word by itself is a stop word of `lang`. */
gboolean voc_words_is_stop(VocWords *words, VocSlice word, VocLang lang);

/* Forgets everything when the table has grown over its bound; only between texts. */
void voc_words_settle(VocWords *words);

G_END_DECLS

#endif
