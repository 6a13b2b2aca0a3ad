/* What voc grep and voc kwic look for in texts: regular expressions, and words in any of their inflections.
 */
#ifndef VOC_STAGE_SEARCH_H
#define VOC_STAGE_SEARCH_H

#include "stage/context.h"
#include "stage/field.h"
#include "text/regex.h"

G_BEGIN_DECLS

typedef struct VocSearchSettings {
    char **patterns; /* regular expressions; NULL-terminated or NULL, as all of these */
    char **words;    /* each one or several words: found where the base forms of a text's words are those of
                        these, in    the text's language; in any language where that is not known */
    char **fields;   /* paths to look in; NULL: subject and text */
    gboolean ignore_case;
    gboolean parts; /* words also where they are a part of a compound; needs Voikko */
} VocSearchSettings;

/* Frees the lists. */
void voc_search_settings_clear(VocSearchSettings *settings);

/* Read-only, for all threads. */
typedef struct VocSearch VocSearch;

/* NULL and an error (VOC_ERROR_USAGE for a broken pattern or a word that is none). The settings are not kept.
 */
VocSearch *voc_search_new(const VocSearchSettings *settings, VocContext *context, GError **error);
void voc_search_free(VocSearch *search); /* NULL is fine */

/* Whether there is anything to look for. */
gboolean voc_search_has(const VocSearchSettings *settings);

/* A thread's tools for it. */
typedef struct VocSearcher VocSearcher;

/* NULL and an error when the word table cannot be made. */
VocSearcher *voc_searcher_new(const VocSearch *search, VocThread *thread, GError **error);
void voc_searcher_free(VocSearcher *searcher); /* NULL is fine */

/* Bytes of a text, end exclusive. */
typedef struct VocSpan {
    gsize start, end;
} VocSpan;

typedef enum {
    VOC_SEARCH_NONE,
    VOC_SEARCH_FOUND,
    VOC_SEARCH_GAVE_UP, /* an expression took more work on this record than the bound allows */
} VocSearchAnswer;

/* Whether any of it stands anywhere in the record. */
VocSearchAnswer voc_searcher_test(VocSearcher *searcher, VocRecord *record);

/* Of one text so many finds at most are told, the first ones of each pattern. */
#define VOC_SEARCH_FINDS 10000u

/* A text of the record that was looked at, and where in it something was found: spans in order that do not
 * overlap and are not empty; of two that begin together the longer one. */
typedef struct VocFound {
    VocSlice path, text;
    const VocSpan *spans;
    guint n;
} VocFound;

/* Calls `func` for every text in which something was found; it all lives during the call, the text as long as
 * the record. FALSE when an expression gave up. */
gboolean voc_searcher_each(VocSearcher *searcher, VocRecord *record,
                           void (*func)(const VocFound *found, gpointer data), gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocSearch, voc_search_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocSearcher, voc_searcher_free)

G_END_DECLS

#endif
