/* What moves a rating: the regression of contacts' ratings on their themes, and facts by segment. */
#ifndef VOC_REPORT_DRIVE_H
#define VOC_REPORT_DRIVE_H

#include "report/content.h"
#include "stats/regression.h"

G_BEGIN_DECLS

#define VOC_DRIVE_THEMES 30  /* in the regression, at most: those with most answers */
#define VOC_DRIVE_ANSWERS 20 /* that a theme needs to be in it */

typedef struct VocDriveFigure {
    VocName theme;
    gint64 rated; /* contacts on it that gave the rating, over the baseline and the period */
    VocCoefficient
        presence; /* points (of NPS: 100 for a promoter, -100 for a detractor) when it is spoken of */
    VocCoefficient
        sentiment; /* points for each 1 of its segments' mean sentiment; NaN where it does not vary */
} VocDriveFigure;

typedef struct VocDrive {
    gint64 n;   /* contacts with a rating */
    gsize rank; /* 0: too few for any regression */
    VocDriveFigure *figures;
    gsize n_figures; /* themes in it */
} VocDrive;

/* Fits content->effect_of (a rating; FALSE where it is sentiment) on the themes of the contacts in the
 * content's period and baseline, least squares with HC3 errors, 95 % intervals. */
gboolean voc_drive_fit(const VocContent *content, VocDrive *drive);
void voc_drive_clear(VocDrive *drive);

typedef enum { VOC_SEGMENT_CHANNEL, VOC_SEGMENT_TOUCHPOINT, VOC_SEGMENT_UNIT } VocSegment;

/* The values that the segment has, most messages first; free with g_array_unref(). */
GArray *voc_facts_segments(const VocFacts *facts, VocSegment segment);

/* A copy of the rows of one value. */
VocFacts *voc_facts_select(const VocFacts *facts, VocSegment segment, VocName value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocDrive, voc_drive_clear)

G_END_DECLS

#endif
