/* A mail's body as lines, and what can be told of a line by itself. For quotes.c and signature.c. */
#ifndef VOC_TEXT_MAIL_H
#define VOC_TEXT_MAIL_H

#include "text/phrases.h"

G_BEGIN_DECLS

typedef struct VocMailLine {
    VocSlice text;    /* without its end and the white space before that; quote marks are still there */
    gsize start, end; /* bytes of the body, the newline included */
    guint8 depth;     /* quote marks (>) */
    guint8 cut;       /* 0: stays; else VocCutKind + 1 */
} VocMailLine;

typedef struct VocMail {
    const VocPhrases *phrases;
    VocMailLine *lines;
    guint n;
} VocMail;

/* Cuts `text` into lines, into `lines` (of VocMailLine; emptied first). FALSE when there are more than `max`.
 */
gboolean voc_mail_split(VocSlice text, guint max, GArray *lines);

static inline gboolean
voc_mail_is_blank(const VocMail *mail, guint i)
{
    return mail->lines[i].text.len == 0;
}

/* The first line at or behind `i` that is not blank, or mail->n. */
guint voc_mail_skip_blank(const VocMail *mail, guint i);

/* Marks the lines from `from` up to `to` as cut. */
void voc_mail_cut(VocMail *mail, guint from, guint to, guint8 cut);

/* Whether a line from `from` up to `to` has words that are neither quoted nor cut. */
gboolean voc_mail_has_own_words(const VocMail *mail, guint from, guint to);

/* --- what is in a line --- */

/* Characters of a folded line that are looked at. */
#define VOC_MAIL_FOLD 400

/* The line folded, without the marks that it may begin with (white space, * _ # |). */
VocSlice voc_mail_fold_line(VocSlice line, char folded[VOC_MAIL_FOLD]);

/* Has a date in figures, a year; a time of day; name@host. */
gboolean voc_mail_has_date(VocSlice text);
gboolean voc_mail_has_time(VocSlice text);
gboolean voc_mail_has_address(VocSlice text);

guint voc_mail_count_digits(VocSlice text);

/* Words, as white space parts them. */
guint voc_mail_count_words(VocSlice text);

/* Up to `max` words that each begin with a capital and have no digit in them ("Maija Meikäläinen", "J. von
 * Essen"): a name, as far as looks tell. */
gboolean voc_mail_is_name(VocSlice text, guint max);

G_END_DECLS

#endif
