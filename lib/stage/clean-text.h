/* Cleaning one text. For clean.c. */
#ifndef VOC_STAGE_CLEAN_TEXT_H
#define VOC_STAGE_CLEAN_TEXT_H

#include "base/buffer.h"
#include "stage/clean.h"
#include "text/quotes.h"

G_BEGIN_DECLS

enum {
    VOC_CLEANED_MARKUP = 1 << 0,
    VOC_CLEANED_UNICODE = 1 << 1,
    VOC_CLEANED_CONTROLS = 1 << 2,
};

/* A piece that was cut: code points of the text as it was. */
typedef struct VocCleanCut {
    gsize start, end;
    VocCutKind kind;
} VocCleanCut;

/* What became of a text; lives until the next call. */
typedef struct VocCleaned {
    VocSlice text; /* the old one itself where nothing was changed or cut */
    gsize length;  /* of the old text, in code points; only where something was */
    guint changed; /* VOC_CLEANED_... */
    GArray *cuts;  /* VocCleanCut */
} VocCleaned;

/* A thread's tools. */
typedef struct VocCleaner VocCleaner;

VocCleaner *voc_cleaner_new(const VocPhrases *phrases);
void voc_cleaner_free(VocCleaner *cleaner);

/* Cleans `text` (UTF-8); FALSE when nothing was to be done. Kinds of cut whose bit is in `keep` are left. */
gboolean voc_cleaner_clean(VocCleaner *cleaner, VocSlice text, const VocQuoteHints *hints, guint keep,
                           VocCleaned *cleaned);

/* Only line ends, controls and composition, into one line: for subjects. */
gboolean voc_cleaner_clean_line(VocCleaner *cleaner, VocSlice text, VocSlice *cleaned);

G_END_DECLS

#endif
