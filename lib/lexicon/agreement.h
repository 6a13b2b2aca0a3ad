/* How far scores agree with what people said of the texts. */
#ifndef VOC_LEXICON_AGREEMENT_H
#define VOC_LEXICON_AGREEMENT_H

#include "lexicon/calibration.h"
#include "stats/accuracy.h"

G_BEGIN_DECLS

/* A text: what people said, and what the scorer. */
typedef struct VocJudged {
    VocLabel gold, found;
    double number; /* the gold rating; NaN when it was a word */
    double value;  /* -1 to 1; 0 is no answer */
    double p;      /* the probability given to the label found */
} VocJudged;

typedef struct VocFigure {
    double value;
    VocInterval interval; /* 95 %, by bootstrap; NaN without rounds */
} VocFigure;

typedef struct VocAgreement {
    VocConfusion labels; /* by VocLabel */
    VocFigure macro_f1, accuracy, mcc;
    VocFigure polarity; /* the share of the negative and positive texts whose value has the right sign, 0
                           counting half */
    VocFigure pearson;  /* of value and rating */
    double coverage;    /* the share of texts whose value is not 0 */
} VocAgreement;

/* The figures of n texts; intervals from `rounds` resamples (0: none), the same every time. */
void voc_agreement(const VocJudged *texts, gsize n, guint rounds, VocAgreement *agreement);

G_END_DECLS

#endif
