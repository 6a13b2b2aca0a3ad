/* The fit of learning: regularised multinomial regression over sparse rows. */
#ifndef VOC_LEXICON_FIT_H
#define VOC_LEXICON_FIT_H

#include "lexicon/learn.h"

G_BEGIN_DECLS

/* A feature's part in a text: what multiplies its weight and its feeling. */
typedef struct VocPart {
    guint32 feature;
    float weight, feeling;
} VocPart;

typedef struct VocRow {
    guint32 first, n; /* its parts */
    guint32 words;
    VocLabel label;
    guint source;
    guint fold;
    double known_weight, known_feeling; /* of what is not learned here */
} VocRow;

/* All texts. Features are counted from 0. */
typedef struct VocRows {
    VocPart *parts;
    VocRow *rows;
    guint n;
    guint n_features;
    guint n_sources;
    const gboolean *two_sided; /* a source: it has no neutral texts */
    gboolean keep_scales;      /* the calibration's scales stay as they are */
} VocRows;

/* A feature's prior: the values that it is pulled to, and how strongly. */
typedef struct VocPrior {
    double weight, feeling, strength;
    gboolean off; /* not fitted: stays at its prior */
} VocPrior;

/* What a fit finds; weights and feelings in the units of a lexicon. */
typedef struct VocFit {
    double *weight, *feeling; /* by feature */
    double scale, feeling_scale;
    double *positive, *negative; /* intercepts by source */
} VocFit;

VocFit *voc_fit(const VocRows *rows, guint held_out_fold, const VocPrior *priors,
                const VocCalibration *calibration);
void voc_fit_free(VocFit *fit);

/* The sums of a row: what the scorer would make of the text with the fitted lexicon, times its scales,
 * without intercepts. */
void voc_fit_sums(const VocFit *fit, const VocRows *rows, const VocRow *row,
                  const VocCalibration *calibration, double *polarity, double *feeling);

/* The standard error of each weight, from the curvature at the fit. Free it. */
double *voc_fit_errors(const VocFit *fit, const VocRows *rows, const VocPrior *priors,
                       const VocCalibration *calibration);

#define VOC_NO_FOLD G_MAXUINT

G_END_DECLS

#endif
