/* A sample of records that comes out the same whenever it is drawn again.
 *
 * Every record has a number between 0 and 1 that hangs on the seed and its id alone (on its place in the
 * input where it has no id); the records with the smallest numbers are the sample. So a message that is in
 * the sample of a week is in the sample of its month too when the share is the same, in whatever order the
 * records come. */
#ifndef VOC_STAGE_SAMPLE_H
#define VOC_STAGE_SAMPLE_H

#include "stage/field.h"
#include "stage/stage.h"

G_BEGIN_DECLS

/* More values of the field that a sample is layered by are refused. */
#define VOC_SAMPLE_STRATA 10000

typedef struct VocSampleSettings {
    guint64 seed;
    double rate;    /* each record with this chance, 0 < rate <= 1; 0: `n` is meant */
    guint n;        /* so many records, of every stratum */
    const char *by; /* a path: its first value is the record's stratum; NULL: all are one */
} VocSampleSettings;

/* The stage that keeps each record with a chance of settings->rate. The settings are copied. */
VocStage *voc_stage_sample_new(const VocSampleSettings *settings);

/* A sample of settings->n records being drawn; the settings must outlive it. It holds the records of the
 * sample and no others. */
typedef struct VocSample VocSample;

VocSample *voc_sample_new(const VocSampleSettings *settings);
void voc_sample_free(VocSample *sample); /* NULL is fine */

/* FALSE and an error (VOC_ERROR_USAGE) when there are too many strata. */
gboolean voc_sample_take(VocSample *sample, const VocRecord *record, GError **error);

/* Adds the sample, in the order of the input. */
void voc_sample_write(const VocSample *sample, VocBuffer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocSample, voc_sample_free)

G_END_DECLS

#endif
