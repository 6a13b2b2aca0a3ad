#include "lexicon/calibration.h"

#include <math.h>
#include <stddef.h>

static const struct {
    const char *name;
    gsize at;
} FIELDS[] = {
    {"scale", offsetof(VocCalibration, scale)},
    {"polarity", offsetof(VocCalibration, polarity)},
    {"feeling", offsetof(VocCalibration, feeling)},
    {"neutral", offsetof(VocCalibration, neutral)},
    {"conversation", offsetof(VocCalibration, conversation)},
    {"offset", offsetof(VocCalibration, offset)},
    {"power", offsetof(VocCalibration, power)},
    {"negated-positive", offsetof(VocCalibration, negated_positive)},
    {"negated-negative", offsetof(VocCalibration, negated_negative)},
    {"before-but", offsetof(VocCalibration, before_but)},
    {"after-but", offsetof(VocCalibration, after_but)},
    {"although", offsetof(VocCalibration, although)},
    {"emphasis", offsetof(VocCalibration, emphasis)},
};

void
voc_calibration_init(VocCalibration *calibration)
{
    *calibration = (VocCalibration){.scale = 2,
                                    .feeling = 1.5,
                                    .neutral = 1,
                                    .conversation = 0.6,
                                    .offset = 3,
                                    .power = 0.7,
                                    .negated_positive = -0.7,
                                    .negated_negative = -0.2,
                                    .before_but = 0.7,
                                    .after_but = 1.2,
                                    .although = 0.7,
                                    .emphasis = 1.2};
}

static double *
find_field(VocCalibration *calibration, VocSlice name)
{
    for (guint i = 0; i < G_N_ELEMENTS(FIELDS); i++)
        if (voc_slice_equal_string(name, FIELDS[i].name))
            return (double *)(void *)((char *)calibration + FIELDS[i].at);
    return NULL;
}

gboolean
voc_calibration_set(VocCalibration *calibration, const VocTsv *row, GError **error)
{
    double *field = find_field(calibration, row->cell[0]);
    if (!field)
        return voc_tsv_fail(row, error, "'%.*s' is no part of the calibration", (int)row->cell[0].len,
                            row->cell[0].data);
    if (!voc_tsv_number(row, 1, field) || !isfinite(*field))
        return voc_tsv_fail(row, error, "'%.*s' is no number (a decimal point, not a comma)",
                            (int)row->cell[1].len, row->cell[1].data ? row->cell[1].data : "");
    return TRUE;
}

gboolean
voc_calibration_load(VocCalibration *calibration, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv))
        if (!voc_calibration_set(calibration, &tsv, error))
            return FALSE;
    return TRUE;
}

void
voc_calibration_write(const VocCalibration *calibration, VocBuffer *out)
{
    voc_buffer_add_literal(out, "# From sums over a text's words to probabilities; see voc-lexicon(5).\n");
    for (guint i = 0; i < G_N_ELEMENTS(FIELDS); i++) {
        voc_buffer_add_string(out, FIELDS[i].name);
        voc_buffer_add_char(out, '\t');
        voc_buffer_add_number(out, *(const double *)(const void *)((const char *)calibration + FIELDS[i].at),
                              4);
        voc_buffer_add_char(out, '\n');
    }
}

double
voc_calibration_length(const VocCalibration *calibration, guint words)
{
    return pow((double)words + calibration->offset, -calibration->power);
}

void
voc_calibration_prepare(VocCalibration *calibration)
{
    for (guint words = 0; words < VOC_LENGTHS; words++)
        calibration->lengths[words] = voc_calibration_length(calibration, words);
}

void
voc_calibration_apply(const VocCalibration *calibration, double weight, double feeling, guint words,
                      gboolean conversation, float p[3])
{
    double length =
        words < VOC_LENGTHS ? calibration->lengths[words] : voc_calibration_length(calibration, words);
    double polarity = calibration->scale * weight * length + calibration->polarity;
    double neutral = calibration->neutral - calibration->feeling * feeling * length;
    neutral += conversation ? calibration->conversation : 0;
    double top = fmax(fabs(polarity), neutral);
    double z[3] = {exp(-polarity - top), exp(neutral - top), exp(polarity - top)};
    double total = z[0] + z[1] + z[2];
    for (int i = 0; i < 3; i++)
        p[i] = (float)(z[i] / total);
}
