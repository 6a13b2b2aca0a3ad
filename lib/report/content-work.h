/* Inside content.c and its parts: the counted rows, in order. */
#ifndef VOC_REPORT_CONTENT_WORK_H
#define VOC_REPORT_CONTENT_WORK_H

#include "report/content.h"

G_BEGIN_DECLS

/* The rows that count, by how many periods they lie back (0: the report's own), then by contact, then as
 * given. */
typedef struct VocWork {
    VocContent *content;
    const VocFacts *facts;
    int periods; /* how many are kept: at least VOC_HISTORY and the baseline plus one */
    guint32 *rows;
    gsize *start; /* periods + 1 of them */
} VocWork;

/* FALSE with an error when there is nothing to report on; fills content's period and its counting figures. */
gboolean voc_work_init(VocWork *work, VocContent *content, GError **error);
void voc_work_clear(VocWork *work);

static inline const VocFact *
voc_work_fact(const VocWork *work, gsize i)
{
    return voc_facts_at(work->facts, work->rows[i]);
}

/* The end of the contact that starts at rows[i]. */
gsize voc_work_contact_end(const VocWork *work, gsize i, gsize end);

/* The first answer of a kind in the contact rows[i..end), or NaN. */
double voc_work_rating(const VocWork *work, gsize i, gsize end, VocRatingKind kind);

/* Is the period `back` before the report's inside the data? */
gboolean voc_work_has_period(const VocWork *work, int back);

/* From counts by period (0: now, 1: before, ...). `q` starts as the p tested. */
void voc_share_figure(const VocWork *work, VocShareFigure *figure, const gint64 *k, const gint64 *n);

/* The p that a share's verdict rests on: against the baseline when it is long enough, else against the period
 * before. */
double voc_share_figure_p(const VocWork *work, const VocShareFigure *figure);
void voc_share_figure_judge(const VocWork *work, VocShareFigure *figure);
void voc_count_figure(const VocWork *work, VocCountFigure *figure, const gint64 *counts);

/* The parts, one file each. */
void voc_content_volumes(VocWork *work);
void voc_content_ratings(VocWork *work);
void voc_content_themes(VocWork *work);
void voc_content_quotes(VocWork *work);
void voc_content_words(VocWork *work);
void voc_content_cues(VocWork *work);
void voc_content_people(VocWork *work);
void voc_content_actions(VocWork *work);

/* Counts `values` (0 or names) of the report's period into cells, most first. */
typedef VocName (*VocNameOf)(const VocFact *fact);
VocCell *voc_content_cells(VocWork *work, VocNameOf name_of, VocName only_theme, gsize *n_cells);
VocName voc_name_of_channel(const VocFact *fact);
VocName voc_name_of_touchpoint(const VocFact *fact);
VocName voc_name_of_lang(const VocFact *fact);

/* One line of the message's code points [start, end), at most about `limit` characters; start = end = 0 takes
 * it all. */
const char *voc_content_excerpt(VocWork *work, const VocFact *fact, guint32 start, guint32 end, gsize limit);

/* The same of any text; free it. */
char *voc_excerpt(VocSlice text, guint32 start, guint32 end, gsize limit);

/* Exactly those code points, as one line. */
const char *voc_content_excerpt_of(VocWork *work, const VocFact *fact, guint32 start, guint32 end);

G_END_DECLS

#endif
