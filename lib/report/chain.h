/* The way from records, whatever has been done to them already, to facts: what is missing is worked out on
 * the way (what the writer said, sentiment, cues, themes), what is there is believed. Personal data in the
 * texts are masked, so that nothing that is made of the facts can show them. So an export and the records of
 * voc read | voc run '...' give the same report. */
#ifndef VOC_REPORT_CHAIN_H
#define VOC_REPORT_CHAIN_H

#include "report/facts.h"
#include "stage/runner.h"
#include "theme/themes.h"

G_BEGIN_DECLS

typedef struct VocChainSettings {
    const char *themes; /* a theme file; NULL: themes are looked for in the records, unless they carry some */
    guint threads;      /* 1 or more */
    gboolean unmasked;  /* personal data stay in the texts */
} VocChainSettings;

/* Told of every rejected record, as VocSink.reject. */
typedef gboolean (*VocChainReject)(void *data, const char *file, guint64 line, const char *reason,
                                   VocSlice raw, GError **error);

/* Adds the records of `source` to `facts`, and the themes' names. Records that need themes are kept in an
 * unnamed file of $TMPDIR meanwhile. FALSE and an error when it cannot go on. */
gboolean voc_chain_run(VocContext *context, VocSource source, const VocChainSettings *settings,
                       VocFacts *facts, VocChainReject reject, void *data, GError **error);

/* Adds the names and owners of the themes. */
void voc_facts_describe_themes(VocFacts *facts, const VocThemes *themes);

G_END_DECLS

#endif
