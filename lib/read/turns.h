/* A call: who says what when, joined to turns and written as records. */
#ifndef VOC_READ_TURNS_H
#define VOC_READ_TURNS_H

#include "read/cues.h"
#include "read/format.h"

G_BEGIN_DECLS

typedef struct VocTurns VocTurns;

/* `content` is what the call is known by, beside the file's name: two calls are not one because both are
 * transcript.vtt. `when` is a text in which to look for a date if neither the file's name nor its folder's
 * has one. The reading must outlive it. */
VocTurns *voc_turns_new(VocReading *reading, VocSlice content, VocSlice when);
void voc_turns_free(VocTurns *turns); /* NULL is fine */

/* What is known of the whole call: its own id, its language, labels (a JSON array); empty slices are fine,
 * the slices are copied. Before the first cue. */
void voc_turns_set_call(VocTurns *turns, VocSlice id, VocSlice lang, VocSlice tags);

/* The cues' times are times of the day, not of the call. */
void voc_turns_set_midnight(VocTurns *turns);

/* Speech that follows: of the same speaker it goes on in the same turn; where nobody is named, until a
 * sentence ends. `role` is what the export says of the speaker; empty: told by --agent, else by words like
 * Asiakas and Agent in the name. */
void voc_turns_add(VocTurns *turns, const VocCue *cue, VocSlice role);

/* Writes what has not been written. */
void voc_turns_end(VocTurns *turns);

/* A message of the call that is no speech (a chat beside it): its own record. `fields` as of VocMessage. */
void voc_turns_add_chat(VocTurns *turns, const VocCue *cue, VocSlice role, VocSlice fields);

/* From now on who speaks is counted, and nothing is written. */
void voc_turns_look(VocTurns *turns);

/* The whole call has been looked at: from now on it is written, as it is added once more from its beginning.
 * Where two speak and a role is known of one, the other has the other role. */
void voc_turns_settle(VocTurns *turns);

/* Says who speaks, who is taken for whom, and how to have it otherwise. */
void voc_turns_explain(const VocTurns *turns, VocBuffer *out);

/* Adds the rest of the export's text to `file`; FALSE and an error when it cannot be read, or is longer than
 * `max` bytes. */
gboolean voc_turns_read_file(VocReading *reading, gsize max, VocBuffer *file, GError **error);

/* The role by a name: "Asiakas", "Agent 2", "Asiakaspalvelija Sanna", "Sanna (Asiakaspalvelu)",
 * "Yhtiö Asiakaspalvelu"; empty when it
 * says none. */
VocSlice voc_turns_role(const VocNames *names, VocSlice speaker);

/* The role of who speaks under `name`: an agent whom --agent names; else `given` by the export; else by the
 * name's words; else, where --agent names anybody, a customer. Empty when nothing tells. */
VocSlice voc_turns_role_of(const VocReading *reading, VocSlice name, VocSlice given);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocTurns, voc_turns_free)

G_END_DECLS

#endif
