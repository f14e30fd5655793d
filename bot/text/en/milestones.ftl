## milestones: the lists by age, in our own words (see bot/library/milestones)

# 2 months

stone-02-social-calms = Does { $child } grow calm at your voice or touch?
stone-02-social-face = Does { $child } look at your face?
stone-02-social-glad = Does { $child } seem glad when you come near?
stone-02-social-smiles = Does { $child } smile when you talk or smile?
stone-02-language-sounds = Does { $child } make other sounds than crying?
stone-02-language-loud = Does { $child } react to a loud noise?
stone-02-cognitive-follows = Do the eyes of { $child } follow you as you move?
stone-02-cognitive-toy = Does { $child } look at a toy for some seconds?
stone-02-movement-head = On the tummy: does { $child } lift the head?
stone-02-movement-limbs = Does { $child } move both arms and both legs?
stone-02-movement-hands = Do the hands of { $child } open for a moment?

# 4 months

stone-04-social-smiles = Does { $child } smile to make you look?
stone-04-social-chuckles = Does { $child } give a small laugh when you play?
stone-04-social-attention = Does { $child } look, move or call to keep you near?
stone-04-language-coos = Does { $child } make long soft sounds, like “aaah”?
stone-04-language-answers = Does { $child } make sounds back when you talk?
stone-04-language-turns = Does { $child } turn the head to your voice?
stone-04-cognitive-hungry = When hungry: does { $child } open the mouth at breast or bottle?
stone-04-cognitive-hands = Does { $child } gaze at hands and fingers?
stone-04-movement-steady = When you hold { $child }: does the head stay steady?
stone-04-movement-holds = Does { $child } hold a toy you put in the hand?
stone-04-movement-swings = Does { $child } swing an arm at toys?
stone-04-movement-mouth = Does { $child } bring the hands to the mouth?
stone-04-movement-elbows = On the tummy: does { $child } push up on the elbows?

# 6 months

stone-06-social-knows = Does { $child } know people who are often there?
stone-06-social-mirror = Does { $child } like to look in a mirror?
stone-06-social-laughs = Does { $child } laugh?
stone-06-language-turns = Do you and { $child } take turns with sounds?
stone-06-language-lips = Does { $child } blow bubbles or buzz with the lips?
stone-06-language-squeals = Does { $child } squeal?
stone-06-cognitive-mouths = Does { $child } put things in the mouth to explore?
stone-06-cognitive-reaches = Does { $child } reach out for a toy?
stone-06-cognitive-closes = Does { $child } close the lips when full?
stone-06-movement-rolls = Does { $child } roll from tummy to back?
stone-06-movement-arms = On the tummy: does { $child } push up with straight arms?
stone-06-movement-leans = Sitting: does { $child } lean on the hands?

# 9 months

stone-09-social-shy = Is { $child } shy or clinging with people who are new?
stone-09-social-faces = Does { $child } show glad, sad, cross or surprised faces?
stone-09-social-name = Does { $child } look up when you call?
stone-09-social-leaves = Does { $child } react when you leave?
stone-09-social-peek = Does { $child } smile or laugh at peek-a-boo?
stone-09-language-babbles = Does { $child } babble chains, like “bababa”?
stone-09-language-lifts = Does { $child } lift the arms to be picked up?
stone-09-cognitive-dropped = Does { $child } look for a thing that fell away?
stone-09-cognitive-bangs = Does { $child } bang two things together?
stone-09-movement-sits_up = Does { $child } get up to sitting alone?
stone-09-movement-hand_to_hand = Does { $child } pass things from hand to hand?
stone-09-movement-rakes = Does { $child } pull food close with the fingers?
stone-09-movement-sits = Does { $child } sit without being held?

# 12 months

stone-12-social-games = Does { $child } play little games with you, like pat-a-cake?
stone-12-language-waves = Does { $child } wave goodbye?
stone-12-language-calls = Does { $child } have a special name for a parent?
stone-12-language-no = Does { $child } stop for a moment when you say no?
stone-12-cognitive-puts_in = Does { $child } put a thing into a box or cup?
stone-12-cognitive-hidden = Does { $child } look for a thing you hide?
stone-12-movement-stands = Does { $child } pull up to stand?
stone-12-movement-cruises = Does { $child } walk along the furniture?
stone-12-movement-cup = Does { $child } drink from a cup that you hold?
stone-12-movement-pinch = Does { $child } pick up crumbs with thumb and finger?

# 15 months

stone-15-social-copies = Does { $child } copy other children in play?
stone-15-social-shows = Does { $child } show you a thing that is liked?
stone-15-social-claps = Does { $child } clap for joy?
stone-15-social-hugs_toy = Does { $child } hug a soft toy?
stone-15-social-loving = Does { $child } hug, cuddle or kiss you?
stone-15-language-words = Does { $child } try one or two words, beyond names for parents?
stone-15-language-looks = Does { $child } look at a thing that you name?
stone-15-language-gesture = Does { $child } follow you when you say and show it?
stone-15-language-points = Does { $child } point to ask for something?
stone-15-cognitive-uses = Does { $child } use a cup, phone or book as you do?
stone-15-cognitive-stacks = Does { $child } put one block on another?
stone-15-movement-steps = Does { $child } take a few steps alone?
stone-15-movement-fingers = Does { $child } eat some food with the fingers?

# 18 months

stone-18-social-checks = Does { $child } go off, and look back for you?
stone-18-social-points = Does { $child } point to show you something?
stone-18-social-washing = Does { $child } hold out the hands to be washed?
stone-18-social-book = Does { $child } look at some pages with you?
stone-18-social-dressing = Does { $child } help when you dress: an arm, a foot?
stone-18-language-words = Does { $child } try three words or more, beyond names for parents?
stone-18-language-told = Does { $child } do one thing you say, without showing?
stone-18-cognitive-chores = Does { $child } copy you at housework?
stone-18-cognitive-plays = Does { $child } play simply with toys, like pushing a car?
stone-18-movement-walks = Does { $child } walk without holding on?
stone-18-movement-scribbles = Does { $child } scribble?
stone-18-movement-cup = Does { $child } drink from an open cup, with some spills?
stone-18-movement-fingers = Does { $child } eat alone with the fingers?
stone-18-movement-spoon = Does { $child } try a spoon?
stone-18-movement-climbs = Does { $child } climb on a sofa and down again?

# 24 months

stone-24-social-notices = Does { $child } notice when somebody is hurt or sad?
stone-24-social-unsure = In a new place: does { $child } look at your face first?
stone-24-language-book = Does { $child } point to a picture when you ask where?
stone-24-language-two_words = Does { $child } put two words together?
stone-24-language-body = Does { $child } show two parts of the body or more?
stone-24-language-gestures = Does { $child } nod, blow a kiss or use other signs?
stone-24-cognitive-both_hands = Does { $child } hold with one hand and work with the other?
stone-24-cognitive-switches = Does { $child } try switches, knobs or buttons?
stone-24-cognitive-together = Does { $child } play with two toys at once?
stone-24-movement-kicks = Does { $child } kick a ball?
stone-24-movement-runs = Does { $child } run?
stone-24-movement-stairs = Does { $child } walk up some stairs, alone or with help?
stone-24-movement-spoon = Does { $child } eat with a spoon?

# 30 months

stone-30-social-beside = Does { $child } play beside other children, sometimes with them?
stone-30-social-look = Does { $child } call you to watch something?
stone-30-social-routines = Does { $child } follow a small routine when you say so?
stone-30-language-fifty = Does { $child } say about 50 words?
stone-30-language-action = Does { $child } join words, one of them something to do?
stone-30-language-names = Does { $child } name a picture when you point?
stone-30-language-me = Does { $child } say words like “I”, “me” or “we”?
stone-30-cognitive-pretends = Does { $child } pretend, like feeding a doll?
stone-30-cognitive-solves = Does { $child } find a way, like climbing on a stool?
stone-30-cognitive-two_steps = Does { $child } do two things you say in a row?
stone-30-cognitive-colour = Does { $child } know one colour or more?
stone-30-movement-twists = Does { $child } twist a knob or a lid?
stone-30-movement-undresses = Does { $child } take off some clothes alone?
stone-30-movement-jumps = Does { $child } jump with both feet?
stone-30-movement-pages = Does { $child } turn pages one by one?

# 36 months

stone-36-social-settles = After you leave: does { $child } settle within ten minutes?
stone-36-social-joins = Does { $child } see other children and join them?
stone-36-language-talks = Do you and { $child } talk back and forth twice?
stone-36-language-asks = Does { $child } ask who, what, where or why?
stone-36-language-doing = Does { $child } say what somebody does in a picture?
stone-36-language-name = Does { $child } give a first name when asked?
stone-36-language-clear = Do others understand { $child } most of the time?
stone-36-cognitive-circle = Does { $child } draw a circle after you show it?
stone-36-cognitive-hot = Does { $child } keep off hot things when you warn?
stone-36-movement-beads = Does { $child } string big beads or noodles?
stone-36-movement-dresses = Does { $child } put on some clothes alone?
stone-36-movement-fork = Does { $child } use a fork?

# 48 months

stone-48-social-pretends = Does { $child } play being somebody else?
stone-48-social-playmates = Does { $child } ask to play with other children?
stone-48-social-comforts = Does { $child } comfort others who are sad?
stone-48-social-danger = Does { $child } keep away from danger, like high jumps?
stone-48-social-helper = Does { $child } like to help?
stone-48-social-places = Does { $child } act as fits the place?
stone-48-language-four = Does { $child } say sentences of four words?
stone-48-language-songs = Does { $child } say words from a song or story?
stone-48-language-day = Does { $child } tell you one thing of the day?
stone-48-language-answers = Does { $child } answer easy questions, like what a spoon is for?
stone-48-cognitive-colours = Does { $child } name some colours?
stone-48-cognitive-story = Does { $child } say what comes next in a known story?
stone-48-cognitive-person = Does { $child } draw a person with three parts or more?
stone-48-movement-catches = Does { $child } catch a big ball most of the time?
stone-48-movement-pours = Does { $child } take food or pour water while you watch?
stone-48-movement-unbuttons = Does { $child } undo some buttons?
stone-48-movement-holds_pen = Does { $child } hold a crayon with fingers and thumb?

# 60 months

stone-60-social-rules = Does { $child } follow rules or take turns in games?
stone-60-social-performs = Does { $child } sing, dance or act for you?
stone-60-social-chores = Does { $child } do small jobs at home?
stone-60-language-tells = Does { $child } tell a story with two events or more?
stone-60-language-about = Does { $child } answer questions about a story you read?
stone-60-language-keeps = Does { $child } keep a talk going, more than three turns?
stone-60-language-rhymes = Does { $child } use or know easy rhymes?
stone-60-cognitive-counts = Does { $child } count to 10?
stone-60-cognitive-numbers = Does { $child } name some numbers from 1 to 5?
stone-60-cognitive-time = Does { $child } use words of time, like yesterday or morning?
stone-60-cognitive-attends = Does { $child } stay with one thing for five minutes?
stone-60-cognitive-writes = Does { $child } write some letters of a first name?
stone-60-cognitive-letters = Does { $child } name some letters you point at?
stone-60-movement-buttons = Does { $child } do up some buttons?
stone-60-movement-hops = Does { $child } hop on one foot?

## looking at a list

stones-button = 📋 The list for this age
stones-intro = 📋 What many children do by { $age }.
    It is for talking together. It is no test.
    Each child takes an own way. Your goals matter more.
stones-corrected = { $child } was born early. We count from the due date.
stones-months = { $n ->
        [one] { $n } month
       *[other] { $n } months
    }
stones-years = { $n ->
        [one] { $n } year
       *[other] { $n } years
    }
stones-begin = ▶️ Begin
stones-go-on = ▶️ Go on where we were
stones-again = ↩️ From the start
stones-early-button = Born early
stones-which-weeks = How many weeks too early was the birth?
stones-weeks = { $n ->
        [0] not early
        [one] { $n } week
       *[other] { $n } weeks
    }
stones-unknown = When was { $child } born?
    Then I know which list fits.
stones-too-young = The first list is for two months.
    There is time.
stones-too-old = The lists end at five years.
    Your own goals for { $child } tell more now.
stones-count = { $at } of { $of }
stones-yes = Yes
stones-sometimes = Sometimes
stones-not_yet = Not yet
stones-not_sure = Not sure
stones-skip = ⏭ Skip
stones-stop = Stop here
stones-stopped = ✓ That is fine. What you said is kept.
    You can go on at any time with /milestone.
stones-done = ✓ Thank you. { $name } can look at it with you.
    If something worries you, tell { $name } at any time.
stones-done-alone = ✓ Thank you. It is kept.
    If something worries you, tell your doctor at any time.
stones-lost = Something went away
stones-new = 🎉 Something new
stones-therapist = <b>{ $child }: the list for { $age }</b>
    { $name }, { $day }
stones-therapist-corrected = Age used: { $age }, counted from the due date.
stones-therapist-calendar = Age used: { $age }.
stones-therapist-none = Nobody has looked at a list yet.
stones-therapist-note = Built from the ages of CDC’s “Learn the Signs. Act Early.”
    Own words, no screening test. CDC does not endorse it.
stones-group = <b>{ $answer }</b>
stones-button-seen = 📋 What they said to a list
