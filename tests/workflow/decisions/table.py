"""The design's tables of rights, written out by hand: nothing here is taken from the program.

D drafter · A unit approver · R district reviewer · C standing committee · S signatory · K records clerk ·
U auditor · M administrator · a dot is nobody.
"""

STATES = """
                draft  submitted  unit_approved  district_reviewed  endorsed  forwarded  concluded  returned  rejected  withdrawn  superseded
"""  # noqa: E501 - a table is read across

WHO = """
submit          D      .          .              .                  .         .          .          D         .         .          .
recall          .      D          A              .                  .         .          .          .         .         .          .
approve         .      A          .              .                  .         .          .          .         .         .          .
claim           .      .          R              .                  .         .          .          .         .         .          .
review          .      .          R              .                  .         .          .          .         .         .          .
endorse         .      .          .              S                  .         .          .          .         .         .          .
hand_back       .      .          .              S                  K         .          .          .         .         .          .
forward         .      .          .              .                  K         .          .          .         .         .          .
record_reply    .      .          .              .                  .         K          .          .         .         .          .
conclude        .      .          .              RK                 RK        RK         .          .         .         .          .
return          .      A          R              S                  .         K          .          .         .         .          .
reject          .      .          R              S                  .         .          .          .         .         .          .
withdraw        A      A          A              A                  .         .          .          A         .         .          .
reopen          .      .          .              .                  .         .          .          .         RS        A          .
supersede       .      .          .              .                  RK        RK         RK         .         .         .          .
edit            D      .          .              .                  .         .          .          D         .         .          .
"""  # noqa: E501

TARGET = """
submit          submitted
approve         unit_approved
claim           unit_approved
review          district_reviewed
endorse         endorsed
forward         forwarded
record_reply    forwarded
conclude        concluded
return          returned
reject          rejected
withdraw        withdrawn
recall          draft
reopen          draft
supersede       superseded
"""
HAND_BACK_TARGET = {"district_reviewed": "unit_approved", "endorsed": "district_reviewed"}

# Where the right is held, seen from the dossier's own unit; and in what way.
#   unit: there · district, city: a body above it · sibling: beside it · elsewhere: under another district ·
#   delegate: lent by a holder at the usual place · ended: held at the usual place until a moment ago ·
#   revoked: lent by a holder at the usual place until a moment ago
REACH = """
                unit  district  city  sibling  elsewhere  delegate  ended  revoked
D               yes   no        no    no       no         yes       no     no
A               yes   no        no    no       no         yes       no     no
R               yes   yes       yes   no       no         yes       no     no
C               yes   yes       yes   no       no         yes       no     no
S               yes   yes       yes   no       no         yes       no     no
K               yes   yes       yes   no       no         yes       no     no
U               yes   yes       yes   no       no         yes       no     no
M               yes   yes       yes   no       no         yes       no     no
"""

ROLES = dict(
    zip(
        "DARCSKUM",
        ["drafter", "approver", "reviewer", "committee", "signatory", "clerk", "auditor", "administrator"],
        strict=True,
    )
)
USUAL = dict(zip("DARCSKUM", ["unit"] * 2 + ["district"] * 6, strict=True))  # where such an officer works
STATE_NAMES = STATES.split()
GRID = {verb: cells for verb, *cells in map(str.split, WHO.strip().splitlines())}
REACHED = {letter: answers for letter, *answers in map(str.split, REACH.strip().splitlines()[1:])}
RELATIONS = REACH.strip().splitlines()[0].split()
TARGETS = dict(map(str.split, TARGET.strip().splitlines()))


def cells(state: str):
    """(verb, letter, relation, allowed?): where the role has the step every relation is tried, else own and foreign."""
    for verb, row in GRID.items():
        asked = row[STATE_NAMES.index(state)]
        for letter, answers in REACHED.items():
            for relation, answer in zip(RELATIONS, answers, strict=True):
                if letter in asked:
                    yield verb, letter, relation, answer == "yes"
                elif relation in (USUAL[letter], "elsewhere"):
                    yield verb, letter, relation, False


def target(state: str, verb: str) -> str:
    return HAND_BACK_TARGET[state] if verb == "hand_back" else TARGETS[verb]
