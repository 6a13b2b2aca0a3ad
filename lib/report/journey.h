/* Journeys: customers' contacts through time, from the facts.
 *
 * A *contact* is one thread, or a message without one; in a thread where several customers write, each one's
 * part is a contact of its own. Only messages with a time count; duplicates, automatic replies, and what bots
 * and systems write are left out. Staff's messages are the answers of their thread. The same facts give the
 * same journeys: now is when the data end. */
#ifndef VOC_REPORT_JOURNEY_H
#define VOC_REPORT_JOURNEY_H

#include "report/content.h"

G_BEGIN_DECLS

#define VOC_JOURNEY_REPEAT 14 /* days within which a customer's next contact is a repeated one */
#define VOC_JOURNEY_TURN 28   /* days within which a mind that is another than in the contact before turned */
#define VOC_JOURNEY_THEMES 3  /* of a contact, at most */

/* Where a contact's answer stands. */
typedef enum {
    VOC_REPLY_NONE_EXPECTED, /* a call, or its last words are thanks or praise */
    VOC_REPLY_UNKNOWN,       /* staff never write in this channel: the export does not hold answers */
    VOC_REPLY_GIVEN,
    VOC_REPLY_LATER, /* none here, but the customer was answered, or content, in a contact after it */
    VOC_REPLY_AWAITED,
} VocReply;

typedef struct VocJourneyContact {
    VocName customer; /* 0: not known */
    VocName thread, channel;
    gsize row, n_rows;                  /* where its rows stand in the journeys' list, in order of time */
    gsize first_row;                    /* of the customer, a row of the facts */
    gsize last_row;                     /* the customer's newest */
    gint64 first, last;                 /* seconds of UTC since 1970, of the customer's messages */
    gint32 day;                         /* of the first, as its own clock says */
    guint messages, answers;            /* the customer's, staff's */
    VocName themes[VOC_JOURNEY_THEMES]; /* of the customer's messages, the heaviest first */
    guint n_themes;
    float feeling, feeling_first, feeling_last; /* -1 to 1; NaN when not scored */
    float rating[VOC_N_RATINGS];                /* the first given; NaN where there is none */
    guint cues;                                 /* VocCueBit */
    VocReply reply;
    gint64 reply_seconds;  /* from the first message to the first answer; -1 where there is none */
    gint64 waited_seconds; /* since the oldest message without an answer; -1 where none is awaited */
    guint reasons;         /* VOC_ANSWER_*, of what no answer has followed yet */
    int points;            /* how much it needs an answer; 0: it does not */
    gboolean again;        /* the customer's contact before it ended at most VOC_JOURNEY_REPEAT days before */
    gboolean again_theme;  /* and was on a theme of this one */
    int turn;              /* 1: from negative to positive, -1: the other way, 0: neither */
    gboolean turn_within;  /* inside this contact; else since the one before */
} VocJourneyContact;

/* How long customers wait for the first answer in a channel. */
typedef struct VocJourneyChannel {
    VocName channel;
    gint64 contacts, answered, awaited;
    gint64 median; /* seconds; -1 where none was answered */
} VocJourneyChannel;

typedef struct VocJourneys {
    const VocFacts *facts;
    GArray *contacts; /* VocJourneyContact, by customer and time; those of nobody known last */
    GArray *rows;     /* gsize, rows of the facts */
    GArray *channels; /* VocJourneyChannel, most contacts first */
    gint64 end;       /* the newest message, seconds since 1970 */
    gint32 first_day, last_day;
    gint64 customers, undated;
    gint64 known, again, again_theme, recovered, lost, awaited;
} VocJourneys;

/* NULL and VOC_ERROR_INPUT when no customer's message has a time. `facts` must outlive the journeys. */
VocJourneys *voc_journeys_new(const VocFacts *facts, GError **error);
void voc_journeys_free(VocJourneys *journeys);

static inline const VocJourneyContact *
voc_journeys_at(const VocJourneys *journeys, gsize i)
{
    return &g_array_index(journeys->contacts, VocJourneyContact, i);
}

/* The customer's contacts: where they begin and how many there are; FALSE when there are none. */
gboolean voc_journeys_find(const VocJourneys *journeys, const char *customer, gsize *begin, gsize *n);

/* Contacts (numbers, guint) that need an answer and whose newest message is at most `days` (0: any) old: the
 * most points first, then who has waited longest. A customer is in it once, with the most pressing contact.
 * Free with g_array_unref(). */
GArray *voc_journeys_pressing(const VocJourneys *journeys, int days);

/* What comes after contacts on a theme, in other customers' journeys. */
typedef struct VocJourneyStep {
    VocName theme; /* of the contact after; 0: none */
    gint64 k;      /* so many customers' next contact was on it */
} VocJourneyStep;

typedef struct VocJourneyNext {
    VocName after;   /* the theme before; 0: any, where too few came after the theme asked for */
    gint64 contacts; /* others' contacts on it that had VOC_JOURNEY_TURN days to be followed by another */
    gint64 returned; /* of these, followed by another within those days */
    GArray *steps;   /* VocJourneyStep, the most first */
} VocJourneyNext;

#define VOC_JOURNEY_SUPPORT 5 /* contacts that returned, without which a theme's sequel is not told */

/* The sequels of `theme` in the journeys of others than `customer` (0: of all). */
void voc_journeys_next(const VocJourneys *journeys, VocName theme, VocName customer, VocJourneyNext *next);
void voc_journey_next_clear(VocJourneyNext *next);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocJourneys, voc_journeys_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocJourneyNext, voc_journey_next_clear)

G_END_DECLS

#endif
