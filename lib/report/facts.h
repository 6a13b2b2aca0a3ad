/* Facts: what a report counts, one row a message, in memory.
 *
 * A report knows nothing of exports, records or databases: whoever has messages fills this table, and
 * content.h works out what the report says from it. Texts are cut at VOC_FACTS_TEXT_MAX bytes (at a
 * character), for quotes. */
#ifndef VOC_REPORT_FACTS_H
#define VOC_REPORT_FACTS_H

#include "base/slice.h"

G_BEGIN_DECLS

#define VOC_FACTS_TEXT_MAX 4000

/* A name (channel, thread, theme, ...) is a number in the table's own list; 0 is "none". */
typedef guint32 VocName;

typedef enum {
    VOC_ROLE_CUSTOMER, /* also when the record does not say */
    VOC_ROLE_AGENT,
    VOC_ROLE_BOT,
    VOC_ROLE_SYSTEM,
} VocFactRole;

typedef enum {
    VOC_RATING_NPS,
    VOC_RATING_CSAT,
    VOC_RATING_CES,
    VOC_RATING_STARS,
    VOC_N_RATINGS,
} VocRatingKind;

typedef enum {
    VOC_FEELING_NONE, /* not scored */
    VOC_FEELING_NEGATIVE,
    VOC_FEELING_NEUTRAL,
    VOC_FEELING_POSITIVE,
} VocFeeling;

typedef enum {
    VOC_CUE_FAILURE_DEMAND = 1 << 0,
    VOC_CUE_VALUE_DEMAND = 1 << 1,
    VOC_CUE_EFFORT = 1 << 2, /* it was hard; ease is not counted */
    VOC_CUE_URGENCY = 1 << 3,
    VOC_CUE_CHURN = 1 << 4,
    VOC_CUE_WISH = 1 << 5,
    VOC_CUE_NEED = 1 << 6,
    VOC_CUE_THANKS = 1 << 7,
    VOC_CUE_ESCALATION = 1 << 8,
    VOC_CUE_CAUSE = 1 << 9, /* a clause that says why */
} VocCueBit;

#define VOC_N_CUES 10

/* A theme of a message, with the segment it was found in (code points of the text, end exclusive). */
typedef struct VocFactTheme {
    VocName theme;
    float weight;
    float score; /* the segment's sentiment, -1 to 1; NaN when not scored */
    guint32 start, end;
} VocFactTheme;

typedef struct VocFactCue {
    VocName kind; /* "chase", ...; 0 when the cue has none */
    VocCueBit cue;
    guint32 start, end;
} VocFactCue;

typedef struct VocFact {
    gint32 day; /* base/calendar.h; VOC_DAY_NONE without a time */
    gint32 second;
    gint16 zone; /* minutes that its clock is before UTC's */
    VocName channel, touchpoint, unit, thread, customer, lang;
    guint32 turn;
    guint8 role;      /* VocFactRole */
    guint8 feeling;   /* VocFeeling */
    guint8 duplicate; /* of an earlier message: counted as such and nowhere else */
    guint8 automatic; /* an automatic reply: the same */
    guint16 cues;     /* VocCueBit, or-ed */
    guint16 n_themes, n_cues;
    guint32 themes, cue_list;    /* where they start in the table's lists */
    float score;                 /* -1 to 1; NaN when not scored */
    float negative, positive;    /* probabilities; NaN when unknown */
    float rating[VOC_N_RATINGS]; /* NaN where there is none */
    guint32 text_len;
    guint64 text, id, source; /* where they start in the table's bytes; id and source end in NUL */
} VocFact;

/* What is known of a theme beside its id. */
typedef struct VocThemeFacts {
    VocName id;
    VocName name_fi, name_en; /* 0: the id serves */
    VocName owner;
    gboolean hidden;
} VocThemeFacts;

typedef struct VocFacts VocFacts;

VocFacts *voc_facts_new(void);
void voc_facts_free(VocFacts *facts);

/* The name's number, a new one when it has not been seen; 0 for the empty slice. */
VocName voc_facts_intern(VocFacts *facts, VocSlice name);

/* The name of a number, NUL-terminated, "" for 0; lives as long as the table. */
const char *voc_facts_name(const VocFacts *facts, VocName name);

/* A fresh row: no day, not scored, no ratings, everything else 0. Valid until the next call; its themes and
 * cues must be added before the next row. */
VocFact *voc_facts_add(VocFacts *facts, VocSlice id, VocSlice source, VocSlice text);
void voc_facts_add_theme(VocFacts *facts, VocFactTheme theme); /* to the last row */
void voc_facts_add_cue(VocFacts *facts, VocFactCue cue);       /* to the last row */

/* Names a theme; the last call for an id counts. */
void voc_facts_describe_theme(VocFacts *facts, VocThemeFacts theme);

/* NULL when nothing is known of it. Valid until the next theme is described. */
const VocThemeFacts *voc_facts_theme(const VocFacts *facts, VocName id);

/* The theme's name in "fi" or "en": that language's, else the other's, else its id. */
const char *voc_facts_theme_name(const VocFacts *facts, VocName id, const char *lang);

/* What could not be read, for the report's last section. */
void voc_facts_set_rejected(VocFacts *facts, gint64 rejected);
gint64 voc_facts_rejected(const VocFacts *facts);

gsize voc_facts_count(const VocFacts *facts);
const VocFact *voc_facts_at(const VocFacts *facts, gsize row);
VocSlice voc_facts_text(const VocFacts *facts, const VocFact *fact); /* 64 readable bytes behind it */
const char *voc_facts_id(const VocFacts *facts, const VocFact *fact);
const char *voc_facts_source(const VocFacts *facts, const VocFact *fact);
const VocFactTheme *voc_facts_themes(const VocFacts *facts, const VocFact *fact); /* n_themes of them */
const VocFactCue *voc_facts_cues(const VocFacts *facts, const VocFact *fact);     /* n_cues of them */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocFacts, voc_facts_free)

G_END_DECLS

#endif
