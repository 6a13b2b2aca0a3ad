/* Content: what a report says, in numbers, before any writer words it.
 *
 * Everything is worked out from facts.h for one period, compared with the period before it and with the
 * pooled periods of a baseline. Only customers' own messages are counted, each once (duplicates and automatic
 * replies are left out and their number said). A *message* is one row; a *contact* is one thread, or a
 * message without a thread. Ratings are counted by contact, so that a survey's several open answers don't
 * repeat one score. The same facts give the same content: no clock, no chance. */
#ifndef VOC_REPORT_CONTENT_H
#define VOC_REPORT_CONTENT_H

#include "base/arena.h"
#include "base/calendar.h"
#include "report/facts.h"
#include "stats/nps.h"
#include "stats/trend.h"
#include "text/words.h"

G_BEGIN_DECLS

#define VOC_BASELINE_MAX 52
#define VOC_HISTORY 12 /* periods in a sparkline, the report's own among them */

#define VOC_EFFECT_SENTIMENT (-1)
#define VOC_EFFECT_AUTO (-2) /* the rating most contacts gave, NPS first; sentiment when too few gave any */

typedef struct VocContentOptions {
    const char *period;       /* "2026-W47"; NULL for the last whole one in the data */
    VocPeriodKind kind;       /* when `period` is NULL */
    int baseline;             /* periods, 1 to VOC_BASELINE_MAX; 26 */
    gint64 min_count;         /* themes smaller than this in both are not tested; 5 */
    double fdr;               /* 0.05 */
    guint quotes;             /* a theme, at most; 3 */
    const char *lang;         /* quotes in this language first */
    const GPtrArray *actions; /* VocAction (report/actions.h), or NULL */
    int effect_of;   /* what effects are on: a VocRatingKind, VOC_EFFECT_SENTIMENT or VOC_EFFECT_AUTO */
    VocWords *words; /* for new words and what sets themes apart; NULL leaves those out */
} VocContentOptions;

#define VOC_CONTENT_OPTIONS_INIT                                                                             \
    ((VocContentOptions){.kind = VOC_PERIOD_WEEK,                                                            \
                         .baseline = 26,                                                                     \
                         .min_count = 5,                                                                     \
                         .fdr = 0.05,                                                                        \
                         .quotes = 3,                                                                        \
                         .lang = "fi",                                                                       \
                         .effect_of = VOC_EFFECT_AUTO})

/* What the tests say of a change. */
typedef enum {
    VOC_CHANGE_UNTESTED, /* too little to test, or nothing to compare with */
    VOC_CHANGE_NONE,     /* within chance */
    VOC_CHANGE_UP,
    VOC_CHANGE_DOWN,
    VOC_CHANGE_UP_SLOWLY, /* no single period, but the last VOC_HISTORY together */
    VOC_CHANGE_DOWN_SLOWLY,
    VOC_CHANGE_NEW, /* never seen in the baseline */
} VocChange;

static inline gboolean
voc_change_rises(VocChange change)
{
    return change == VOC_CHANGE_UP || change == VOC_CHANGE_UP_SLOWLY || change == VOC_CHANGE_NEW;
}

/* k of n, now, in the period before and over the baseline. */
typedef struct VocShareFigure {
    gint64 k, n;
    gint64 k_before, n_before;
    gint64 k_usual, n_usual;
    VocInterval interval; /* of k / n, Wilson, 95 % */
    VocInterval change;   /* of the difference to the period before, Newcombe, 95 % */
    double p_before;      /* Fisher, two-sided; NaN when untested */
    VocTrend trend;       /* against the baseline */
    double q; /* trend.p after Benjamini-Hochberg where several are tested together, else trend.p */
    VocChange verdict;
} VocShareFigure;

typedef struct VocCountFigure {
    gint64 now, before;
    double usual;                /* mean of the baseline's periods; NaN without */
    VocInterval expected;        /* where 95 % of such periods would fall; NaN for a short baseline */
    gint64 history[VOC_HISTORY]; /* oldest first, the last is now; -1 before the data begin */
} VocCountFigure;

/* NPS in points, or the mean of a scale. */
typedef struct VocRatingFigure {
    VocRatingKind kind;
    gint64 n, n_before, n_usual; /* contacts that gave it */
    double value, before, usual;
    double margin;                          /* half the 95 % interval of value; NaN when n is too small */
    double p_before, p_usual;               /* NaN when untested */
    gint64 promoters, passives, detractors; /* NPS only */
    double history[VOC_HISTORY];            /* NaN where nobody answered */
} VocRatingFigure;

typedef struct VocCell {
    VocName name; /* 0: not said */
    gint64 messages, before;
    gint64 negative, scored;
} VocCell;

typedef struct VocQuote {
    gsize row;
    const char *text;   /* one line, at most about 280 characters, "…" where it was cut */
    VocFeeling feeling; /* of the segment */
} VocQuote;

/* A word that sets some messages apart from others. */
typedef struct VocWordFigure {
    const char *word; /* in the form most people wrote */
    gint64 k, n;      /* messages that hold it, of those looked at */
    gint64 k_rest, n_rest;
    double g2, log_ratio;
    VocQuote quote; /* one of the messages */
} VocWordFigure;

/* A word that has been said more and more over the history, by messages of which most are on no theme that
 * rises. */
typedef struct VocRisingFigure {
    VocWordFigure word;          /* the rest: the first three periods of the history */
    gint64 history[VOC_HISTORY]; /* messages with it, oldest first; -1 before the data begin */
    double q;                    /* of the slope, after Benjamini-Hochberg over all words tested */
} VocRisingFigure;

/* Why a contact needs an answer; or-ed. */
enum {
    VOC_ANSWER_UNANSWERED = 1 << 0,
    VOC_ANSWER_NEGATIVE = 1 << 1,
    VOC_ANSWER_URGENT = 1 << 2,
    VOC_ANSWER_LEAVING = 1 << 3,
    VOC_ANSWER_ESCALATED = 1 << 4,
};

typedef struct VocAnswerFigure {
    guint reasons;
    VocQuote quote; /* the contact's newest message */
} VocAnswerFigure;

/* A contact in which a customer's mind turned. */
typedef struct VocTurnFigure {
    VocQuote before, after;
} VocTurnFigure;

typedef struct VocCueFigure {
    VocCueBit cue;
    VocShareFigure messages; /* with the cue, of messages with text */
    VocCell *kinds;          /* by messages */
    gsize n_kinds;
    VocQuote *quotes;
    gsize n_quotes;
} VocCueFigure;

typedef struct VocThemeFigure {
    VocName theme;
    VocShareFigure messages; /* messages on the theme, of messages with text */
    gint64 contacts;
    VocShareFigure negative;        /* segments scored negative, of the theme's scored segments */
    gint64 positive;                /* segments scored positive */
    double feeling, feeling_margin; /* mean segment sentiment -1 to 1 and half its 95 % interval */
    gint64 rated;                   /* contacts on the theme that gave content->effect_of */
    double effect; /* leave-out effect on that rating's score, or on mean sentiment x 100; NaN: withheld */
    double effect_before;
    double by_score, by_share; /* its part of the change since the period before; the parts add up */
    double contribution, contribution_before; /* its part of the score; the parts add up */
    double slope_z;                           /* Cochran-Armitage over the history */
    double ewma_z;               /* where the EWMA chart of the history ends, in its standard errors */
    double slope_q;              /* of the surer of the two, after Benjamini-Hochberg over the themes */
    gint64 history[VOC_HISTORY]; /* messages, oldest first; -1 before the data begin */
    gint64 history_of[VOC_HISTORY];
    VocCell *channels, *touchpoints; /* most messages first */
    gsize n_channels, n_touchpoints;
    VocQuote *quotes;
    gsize n_quotes;
    VocWordFigure *causes; /* what sets its negative messages apart from all other messages */
    gsize n_causes;
    const char *because; /* a clause in which a customer says why, or NULL */
    gsize because_row;
} VocThemeFigure;

/* A theme before and after something was done about it, in the 56 days on either side at most. */
typedef struct VocActionFigure {
    gint32 day;
    const char *name, *what;             /* as written */
    const VocThemeFigure *theme;         /* NULL when there is none of that name */
    gint64 before[3], after[3];          /* messages with text; those on the theme; those negative on it */
    VocInterval change, negative_change; /* of the shares, Newcombe, 95 % */
    double p;                            /* Fisher, two-sided */
    double trend_z;                      /* of the weeks before the action; NaN for fewer than four */
} VocActionFigure;

typedef struct VocContent {
    const VocFacts *facts;
    VocContentOptions options;
    VocArena arena;

    VocPeriod period, before;
    gint32 data_first, data_last; /* days with messages, all of the data */
    int n_usual;                  /* periods in the baseline, the one before among them */
    gboolean partial;             /* the data end inside the period */

    VocCountFigure messages, contacts;
    VocCell *channels;
    gsize n_channels;
    VocShareFigure negative, positive; /* of scored messages */
    gint64 scored;
    VocRatingFigure ratings[VOC_N_RATINGS];
    gsize n_ratings; /* those with answers in the period, NPS first */
    int effect_of;   /* the VocRatingKind that effects are on; -1: sentiment */
    gint64 effect_n; /* contacts (messages, for sentiment) behind the effects */
    double effect_score, effect_score_before;

    gint64 with_text;
    VocShareFigure unassigned; /* messages with text and no theme */
    VocThemeFigure *themes;    /* by effect, the worst first */
    gsize n_themes;
    VocWordFigure *new_words; /* weak signals: words that the baseline does not explain */
    gsize n_new_words;
    VocRisingFigure *rising_words; /* and those that it explains, for they have been rising slowly */
    gsize n_rising_words;
    double no_theme_by_score, no_theme_by_share; /* the rest of the split */
    gsize tested;                                /* themes whose change was tested */

    VocCueFigure cues[VOC_N_CUES];                       /* by bit */
    gboolean any_cues;                                   /* the data have been through voc tag */
    gint64 demand_failure, demand_value, demand_unknown; /* messages with text; failure goes before value */
    gint64 contacts_known,
        contacts_repeated; /* whose customer and theme are known; on the same theme within 14 days */

    VocActionFigure *actions;
    gsize n_actions;
    VocAnswerFigure *answers; /* newest first; the first of n_answers_all */
    gsize n_answers, n_answers_all;
    gint64 unanswered;               /* contacts that wait for an answer */
    VocTurnFigure *recovered, *lost; /* the first of recovered_all, lost_all contacts */
    gsize n_recovered, n_lost;
    gint64 recovered_all, lost_all;

    /* How it was counted: rows of the period, before any was left out. */
    gint64 rows, from_agents, from_bots, duplicates, automatic, without_text, unscored;
    gint64 undated; /* rows of the whole data without a usable time */
    gint64 later;   /* rows after the period */
    gint64 rejected;
    VocCell *languages;
    gsize n_languages;
} VocContent;

/* NULL with VOC_ERROR_USAGE when options->period is no period; VOC_ERROR_INPUT when no customer's message in
 * the data has a time, or none falls in the period asked for. `facts` must outlive the content. */
VocContent *voc_content_new(const VocFacts *facts, const VocContentOptions *options, GError **error);
void voc_content_free(VocContent *content);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocContent, voc_content_free)

G_END_DECLS

#endif
