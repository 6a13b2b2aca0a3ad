/* Cues of subtitles: WebVTT and SRT, and lines "Name: text". */
#ifndef VOC_READ_CUES_H
#define VOC_READ_CUES_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocCue {
    double start, end; /* seconds; NaN where the form has none */
    VocSlice speaker;  /* empty when nobody is named */
    VocSlice text;     /* tags gone, references resolved, lines joined by blanks */
    guint64 line;      /* where its text or its times begin, from 1 */
} VocCue;

typedef struct VocCueHandler {
    void (*cue)(const VocCue *cue, gpointer data);
    /* A block that is no cue and should be one; `reason` is static. */
    void (*problem)(guint64 line, VocSlice raw, const char *reason, gpointer data);
    gpointer data;
} VocCueHandler;

/* Reads a whole file's cues, in its order. */
void voc_cues_read(VocSlice text, const VocCueHandler *handler);

/* The same of a plain transcript: a line "Name: text" begins a turn, with or without a time in front
 * ("[00:12] Name: text"); indented lines and those without a name go on. What stands in front of the first
 * one is passed over. */
void voc_cues_read_plain(VocSlice text, const VocCueHandler *handler);

/* The times of a line "00:01.000 --> 00:02,5 settings"; FALSE when it is none, or ends before it begins. */
gboolean voc_cue_times(VocSlice line, double *start, double *end);

/* The name in front of "Name: text", with the text behind it; FALSE when the line has none. */
gboolean voc_cue_speaker(VocSlice line, VocSlice *speaker, VocSlice *text);

/* The same of a line of a plain transcript; `*start` in seconds, NaN where the line has no time. */
gboolean voc_cue_plain(VocSlice line, double *start, VocSlice *speaker, VocSlice *text);

G_END_DECLS

#endif
