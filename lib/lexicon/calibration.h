/* The last step of scoring: from the sums over a text's words to the probabilities of negative, neutral and
 * positive.
 *
 * With n words, W the sum of their weights and F the sum of their feelings (a hand-written entry's feeling is
 * the size of its weight), both over (n + offset) ^ power:
 *
 *     z(negative) = -(scale W + polarity)    z(neutral) = neutral - feeling F    z(positive) = scale W +
 * polarity
 *
 * and the probabilities are exp(z) over their sum. */
#ifndef VOC_LEXICON_CALIBRATION_H
#define VOC_LEXICON_CALIBRATION_H

#include "base/buffer.h"
#include "base/tsv.h"

G_BEGIN_DECLS

typedef enum { VOC_NEGATIVE, VOC_NEUTRAL, VOC_POSITIVE } VocLabel;

/* Texts of fewer words have their factors ready. */
#define VOC_LENGTHS 128

typedef struct VocCalibration {
    double scale, polarity;
    double feeling, neutral;
    double conversation; /* added to `neutral` where people do business rather than judge */
    double offset, power;
    double negated_positive, negated_negative;        /* what a negator makes of a weight: factors, below 0 */
    double before_but, after_but, although, emphasis; /* factors of these rules */
    double lengths[VOC_LENGTHS];                      /* see voc_calibration_prepare() */
} VocCalibration;

/* What serves where nothing was learned. */
void voc_calibration_init(VocCalibration *calibration);

/* Sets what a row, name and value, says; FALSE and an error when the name is unknown or the value is no
 * number. */
gboolean voc_calibration_set(VocCalibration *calibration, const VocTsv *row, GError **error);

/* Reads a file of names and values; what it does not name stays. FALSE and an error when a name is unknown or
 * a value is no number. */
gboolean voc_calibration_load(VocCalibration *calibration, const char *path, GError **error);

/* Adds the file that voc_calibration_load() reads. */
void voc_calibration_write(const VocCalibration *calibration, VocBuffer *out);

/* Works out what short texts have in common; before voc_calibration_apply(), and after every change. */
void voc_calibration_prepare(VocCalibration *calibration);

/* (words + offset) ^ -power. */
double voc_calibration_length(const VocCalibration *calibration, guint words);

/* The probabilities, by VocLabel; `conversation`: of a text that is part of one (a mail, chat or call), most
 * of which say nothing of feelings. */
void voc_calibration_apply(const VocCalibration *calibration, double weight, double feeling, guint words,
                           gboolean conversation, float p[3]);

G_END_DECLS

#endif
