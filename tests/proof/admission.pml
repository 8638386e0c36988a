/* How places in the room are given (counter/database.py, actions/perform.py, actions/settle.py, actions/door.py).

   One office, one lock: a form takes the office, looks whether it was answered before, reads the room, decides, writes,
   settles what follows, commits (its answer with it), and only then is the office free and the form answered. Three
   doors scan people in and out, a form may come a second time by itself, answers get lost and the form is sent again, a
   manager moves the cap, the clock lets held places run out, and the server is killed in the middle: what was not
   committed is gone, and so is the lock.

   A step is what happens between two points at which a kill or another process can make a difference. Bounded are: three
   parties (the second of two people), SCANS forms of each door, and how often the cap moves, the clock looks, the server
   is killed, an answer gets lost, a form comes twice. As every loop uses up one of these, the runs are finite: where the
   search finds no invalid end state, every run comes to its end and there is no deadlock.

   The macros in capitals under `#ifdef` break one rule each; model.py has the search find every one of them. */

#ifndef SCANS
#define SCANS 1
#endif
#ifndef CAPS
#define CAPS 2
#endif
#ifndef LOOKS
#define LOOKS 2
#endif
#ifndef KILLS
#define KILLS 2
#endif
#ifndef LOSSES
#define LOSSES 2
#endif
#define DOORS 3
#define PEOPLE 3
#define FORMS 5 /* the one with a twin, and one at a time of each sender */
#define NO_FORM FORMS

/* What stands on a form (0: not sent yet). */
#define ENTER 1
#define EXIT 2
#define SET_CAP 3
#define TICK 4

/* What is answered. */
#define NOTHING 0
#define CHANGED 1
#define SAME 2
#define REFUSED 3

/* A visitor: waits outside, has a place held, is in the room, has gone out again, has lost the ticket. */
#define WAITING 0
#define ADMITTED 1
#define INSIDE 2
#define OUTSIDE 3
#define ENDED 4

/* Who has the lock; senders are numbered from 1. */
#define FREE 0
#define MANAGER 4
#define CLOCK 5
#define TWIN 6
#define DEAD 255

/* What is saved, and what the open transaction has written. `stays`: open presences of each party. */
typedef Office { byte cap; byte status[PEOPLE]; byte stays[PEOPLE]; bit lapsed[PEOPLE] };
Office saved, open;
byte kept[FORMS];
byte lock = FREE;
byte kills, losses;

/* What is on the form that comes twice, and what only this proof counts: what was told, how often it was applied. */
byte twin_verb, twin_about;
byte told[FORMS], applied[FORMS];
bit place_idle;

hidden byte each;

/* What a form reads before it has the office, where a rule is broken. */
#if defined(READ_OUTSIDE_LOCK) || defined(LOOK_OUTSIDE_LOCK)
#define TOO_EARLY byte before; bit has_place, is_inside, would_fit;
#else
#define TOO_EARLY
hidden byte has_place, is_inside, would_fit;
#endif

#define size(who) (1 + (who == 1))
#define taken(o) (o.stays[0] * size(0) + o.stays[1] * size(1) + o.stays[2] * size(2))
#ifdef CAP_OFF_BY_ONE
#define fits(o, who) (taken(o) + size(who) <= o.cap + 1)
#else
#define fits(o, who) (taken(o) + size(who) <= o.cap)
#endif

/* Who is next: those who have not let a place lapse first, then by ticket; a party larger than the cap is passed over. */
#define may(o, who, late) (o.status[who] == WAITING && o.lapsed[who] == late && size(who) <= o.cap)
#define head(o) (may(o, 0, 0) -> 0 : (may(o, 1, 0) -> 1 : (may(o, 2, 0) -> 2 : \
                (may(o, 0, 1) -> 0 : (may(o, 1, 1) -> 1 : (may(o, 2, 1) -> 2 : PEOPLE))))))
#define place_waits(o) (head(o) < PEOPLE && taken(o) + size(head(o)) <= o.cap)

inline copy(to, from) {
  d_step {
    to.cap = from.cap;
    to.status[0] = from.status[0]; to.status[1] = from.status[1]; to.status[2] = from.status[2];
    to.stays[0] = from.stays[0]; to.stays[1] = from.stays[1]; to.stays[2] = from.stays[2];
    to.lapsed[0] = from.lapsed[0]; to.lapsed[1] = from.lapsed[1]; to.lapsed[2] = from.lapsed[2]
  }
}

/* Nothing is open: always the same values, so that such states are one state. */
inline shut() {
  d_step {
    open.cap = 0;
    open.status[0] = 0; open.status[1] = 0; open.status[2] = 0;
    open.stays[0] = 0; open.stays[1] = 0; open.stays[2] = 0;
    open.lapsed[0] = 0; open.lapsed[1] = 0; open.lapsed[2] = 0
  }
}

/* What a scan decides by. */
inline read(o) {
  d_step { has_place = o.stays[who] > 0; is_inside = o.status[who] == INSIDE; would_fit = fits(o, who) }
}

/* actions/door.py, actions/room.py */
inline act() {
  d_step {
    if
    :: verb == TICK -> answer = SAME
    :: verb == SET_CAP -> open.cap = who; answer = CHANGED
    :: verb == ENTER && is_inside -> answer = SAME
    :: verb == ENTER && !is_inside && (open.status[who] == ENDED || !(has_place || would_fit)) -> answer = REFUSED
    :: verb == ENTER && !is_inside && open.status[who] != ENDED && (has_place || would_fit) ->
#ifdef HOLD_TWICE
       open.stays[who] = open.stays[who] + 1;
#else
       open.stays[who] = open.stays[who] + !has_place;
#endif
       open.status[who] = INSIDE; answer = CHANGED
    :: verb == EXIT && !is_inside -> answer = SAME
    :: verb == EXIT && is_inside -> open.stays[who] = 0; open.status[who] = OUTSIDE; answer = CHANGED
    fi
  }
}

/* actions/settle.py: any held places have run out (once: one behind; twice: the ticket ends), then the next come in. */
inline settle() {
  each = 0;
  do
  :: each < PEOPLE && verb == TICK && open.status[each] == ADMITTED ->
     open.stays[each] = 0;
     open.status[each] = (open.lapsed[each] -> ENDED : WAITING);
     open.lapsed[each] = 1; each++
  :: each < PEOPLE -> each++
  :: each == PEOPLE -> break
  od;
#ifdef FORGET_TO_SETTLE
  if :: verb == EXIT -> goto settled :: else fi;
#endif
  do
  :: head(open) < PEOPLE && fits(open, head(open)) ->
     each = head(open); open.stays[each] = open.stays[each] + 1; open.status[each] = ADMITTED
  :: else -> break
  od;
settled:
  each = 0
}

inline stays_inside(who_else) {
  assert(verb == EXIT || saved.status[who_else] != INSIDE || open.status[who_else] == INSIDE)
}

/* At every commit. */
inline promises_hold() {
  assert(open.stays[0] <= 1 && open.stays[1] <= 1 && open.stays[2] <= 1);
  assert(taken(open) <= open.cap || taken(open) <= taken(saved));
  stays_inside(0); stays_inside(1); stays_inside(2);
  assert(answer != SAME || verb == TICK || verb == SET_CAP || open.stays[who] == saved.stays[who])
}

inline commit() {
  promises_hold();
  copy(saved, open);
  place_idle = place_waits(saved);
  shut();
  if
  :: form == NO_FORM
  :: else ->
#ifndef KEEP_APART
     kept[form] = answer;
#endif
     applied[form]++;
     assert(applied[form] == 1)
  fi
}

/* What is sent. Nobody sees it before the office is taken, so it is chosen only then: far fewer states, none missing. */
inline choose() {
  if
  :: verb != 0
  :: verb == 0 && me <= DOORS ->
     if :: verb = ENTER :: verb = EXIT fi;
     if :: who = 0 :: who = 1 :: who = 2 fi;
     if :: form == 0 -> twin_verb = verb; twin_about = who :: else fi
  :: verb == 0 && me == MANAGER ->
     verb = SET_CAP;
     if :: who = 1 :: who = 2 :: who = 3 fi
  fi
}

/* What was answered is there, once, and was the same every time. */
inline answer_holds() {
  assert(answer == REFUSED || applied[form] == 1);
  assert(answer == REFUSED || told[form] == NOTHING || told[form] == answer)
}

/* The sender reads the answer, or nobody answers (killed), or it is lost on the way: then the form is sent again. A
   form that is answered for good is forgotten, so that its id can stand for the sender's next one; but not the one that
   has a twin. A refusal binds nobody: the same form may succeed later. */
inline hear() {
  if
  :: form == NO_FORM || (me == TWIN && answer == NOTHING)
  :: form != NO_FORM && me != TWIN && answer == NOTHING -> goto again
  :: form != NO_FORM && me != TWIN && answer != NOTHING && losses < LOSSES -> losses++; answer = NOTHING; goto again
  :: form != NO_FORM && answer != NOTHING ->
     answer_holds();
     if
     :: form == 0 && answer == REFUSED
     :: form == 0 && answer != REFUSED -> told[form] = answer
     :: else -> kept[form] = NOTHING; applied[form] = 0
     fi
  fi;
  answer = NOTHING; verb = 0; who = 0
}

/* counter/actions/perform.py. `answer` NOTHING: the server was killed meanwhile. What only the sender sees (the answer)
   happens together with the step before it: nobody else could tell the difference. */
inline transact() {
  answer = NOTHING;
again:
#if defined(READ_OUTSIDE_LOCK) || defined(LOOK_OUTSIDE_LOCK)
  atomic {
    choose();
    read(saved);
    before = (form == NO_FORM -> NOTHING : kept[form])
  };
#endif
  atomic { lock == FREE -> lock = me; choose() };
  atomic {
    if
    :: lock != me -> goto answered
    :: else
    fi;
#if defined(LOOK_OUTSIDE_LOCK)
    if
    :: before != NOTHING -> answer = before; lock = FREE; goto answered
    :: else
    fi;
#elif !defined(IGNORE_OPERATION_ID)
    if
    :: form != NO_FORM && kept[form] != NOTHING -> answer = kept[form]; lock = FREE; goto answered
    :: else
    fi;
#endif
    copy(open, saved);
#ifndef READ_OUTSIDE_LOCK
    if
    :: verb == ENTER || verb == EXIT -> read(open)
    :: else
    fi;
#endif
    act();
    if
    :: answer == REFUSED -> shut(); lock = FREE; goto answered
    :: else
    fi;
    settle()
  };
  atomic {
    if
#ifdef ANSWER_BEFORE_COMMIT
    :: lock != me -> goto answered
#else
    :: lock != me -> answer = NOTHING; goto answered
#endif
    :: else -> commit()
    fi;
#ifdef KEEP_APART
  };
  atomic {
    if
    :: lock != me -> answer = NOTHING; goto answered
    :: form != NO_FORM && lock == me -> kept[form] = answer
    :: form == NO_FORM && lock == me
    fi;
#endif
    lock = FREE;
answered:
    hear()
  }
}

/* A door, or the manager. */
proctype Sender(byte me, form, scans) {
  byte verb, who, answer;
  TOO_EARLY
  do
  :: scans == 0 -> break
  :: else -> transact(); atomic { form = me; scans-- }
  od
}

/* The clock's look has no form: nobody asks it, nobody is answered. */
proctype Clock(byte me, looks, form) {
  byte verb, who, answer;
  TOO_EARLY
  do
  :: looks == 0 -> break
  :: else -> verb = TICK; transact(); looks--
  od
}

/* The first door's first form comes once more by itself, at any later moment (a double tap, a slow network). */
proctype Twin(byte me, form) {
  byte verb, who, answer;
  TOO_EARLY
  atomic { twin_verb != 0 -> verb = twin_verb; who = twin_about };
  transact()
}

/* kill -9 in the middle of a transaction. Between transactions it loses an answer at most, and `hear` does that. */
proctype Killer() {
end:
  do
  :: atomic {
       kills < KILLS && lock != FREE && lock != DEAD -> kills++; shut();
#ifdef LOCK_OUTLIVES_KILL
       lock = DEAD
#else
       lock = FREE
#endif
     }
  od
}

init {
  atomic {
    saved.cap = 2;
    saved.status[0] = ADMITTED; saved.stays[0] = 1;   /* 1 of 2 places: the party of two waits for both, strictly */
    run Sender(1, 0, SCANS); run Sender(2, 2, SCANS); run Sender(3, 3, SCANS);
    run Sender(MANAGER, MANAGER, CAPS);
    run Clock(CLOCK, LOOKS, NO_FORM); run Twin(TWIN, 0); run Killer()
  }
}

/* A free place and somebody next who fits into it: sooner or later (here: at once) the place is given. */
ltl given { [] (place_idle -> <> !place_idle) }
