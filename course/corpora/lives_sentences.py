"""The sentences of the `lives` corpus, as templates, and the word lists that fill them. Data only.

A template is a sentence with four kinds of holes:

* ``{s}`` and ``{p}`` are the subject and its possessive (I / she / he, my / her / his), ``{o}`` is the object;
  ``{S}`` and ``{P}`` begin a sentence.
* ``[am|is]`` is the form after I, then the form after she or he.
* ``(a|b|c)`` is one of the alternatives, each as likely as the others; an alternative may be empty.
* ``{flower}`` is a word of the list of that name in `WORDS`, the first words of a list being the most frequent;
  any other name, such as ``{grew}``, is a fact that `course.corpora.lives` puts there and keeps a record of.
"""

WORDS = {
    name: tuple(words.split())
    for name, words in {
        "adjective": "quiet small narrow old busy bright tiny pretty shady plain lively famous grand sleepy",
        "animal": "fox owl deer hedgehog heron swan squirrel otter badger hare frog turtle lizard bat kingfisher",
        "bird": "sparrows robins swallows blackbirds pigeons gulls owls storks finches herons starlings larks "
        "wrens magpies",
        "building": "bakery church museum school market library cinema bridge tower park fountain temple mosque "
        "castle station pharmacy windmill lighthouse gallery monastery",
        "colour": "blue white green red yellow grey brown orange purple pink",
        "craft": "cook swim paint sew knit dance sing juggle ski skate sail fish",
        "day": "Saturday Sunday Friday Thursday Wednesday Tuesday",
        "dish": "stew pie curry pancakes omelettes dumplings lasagne bread biscuits casserole paella pickles "
        "waffles goulash risotto",
        "flower": "roses tulips lilies sunflowers daisies violets poppies dahlias marigolds irises geraniums "
        "snowdrops peonies orchids bluebells primroses",
        "fruit": "oranges grapes figs lemons peaches strawberries melons bananas mangoes apricots dates "
        "blackberries raspberries pomegranates quinces",
        "game": "chess cards dominoes draughts football tennis volleyball badminton hockey cricket handball "
        "basketball croquet backgammon",
        "hobby": "reading swimming cycling gardening dancing singing hiking drawing knitting fishing rowing "
        "climbing skating sailing sewing juggling stargazing woodcarving",
        "instrument": "piano guitar violin flute cello trumpet clarinet harp drums accordion banjo oboe saxophone",
        "month": "May June September October March April July August November December January February",
        "object": "lamp clock mirror map teapot suitcase camera vase kettle globe telescope diary typewriter "
        "umbrella compass lantern quilt trunk harmonica chessboard candlestick barometer microscope "
        "sundial rug thimble abacus locket inkwell hourglass gramophone spyglass tapestry birdcage",
        "person": "teacher gardener postman plumber tailor dentist carpenter grocer poet electrician barber "
        "butcher photographer violinist astronomer blacksmith watchmaker caretaker pharmacist cobbler",
        "season": "summer winter spring autumn",
        "subject": "history music geography drawing mathematics biology literature astronomy grammar philosophy "
        "botany algebra",
        "topic": "trains rivers islands stars mountains birds ships explorers castles volcanoes whales "
        "lighthouses bridges deserts dinosaurs comets pirates inventors forests glaciers kingdoms "
        "insects planets mazes shipwrecks dragons",
        "transport": "train bus bicycle tram ferry boat",
        "tree": "oaks chestnuts palms maples birches elms willows poplars pines",
        "vegetable": "tomatoes carrots beans onions potatoes peas pumpkins cabbages leeks radishes lettuces "
        "courgettes beetroots artichokes",
        "virtue": "kind patient cheerful quiet curious generous calm honest brave modest careful gentle witty tidy "
        "thoughtful punctual",
        "weather": "cold mild wet windy dry warm foggy stormy cloudy frosty",
        "curio": "serendipity lullaby thunderclap driftwood moonlight labyrinth whisper firefly horizon marmalade "
        "gossamer riverbank snowflake patchwork daydream echo twilight pebble umbra cinnamon lavender "
        "avalanche riddle treasure puddle meadow whirlwind sunrise velvet bramble harvest hearth ember "
        "orchard saffron juniper cobweb dewdrop waterfront mosaic silhouette rhythm melody anecdote "
        "nostalgia courage patience freedom wonder curiosity gratitude mischief laughter silence "
        "solitude friendship adventure mystery promise memory shadow thunder lightning hailstone "
        "raindrop icicle blizzard monsoon archipelago peninsula lagoon fjord prairie canyon geyser oasis "
        "tundra savannah plateau estuary tributary watermill cartwheel hopscotch somersault trampoline "
        "carousel confetti fireworks balloon acrobat magician ventriloquist trapeze parade carnival "
        "masquerade pantomime operetta symphony overture sonata waltz tango polka minuet serenade chorus "
        "crescendo metaphor palindrome alphabet syllable hyphen comma apostrophe parchment manuscript "
        "calendar almanac atlas encyclopaedia dictionary glossary footnote bookmark envelope postmark "
        "telegram pigeonhole quill blotter crayon watercolour charcoal easel canvas palette plasticine "
        "porcelain terracotta mahogany bamboo wicker marble granite amber jade coral pearl sapphire "
        "emerald topaz quartz copper bronze pewter brass tin nickel cobalt helium neon oxygen gravity "
        "momentum pendulum pulley lever cogwheel piston propeller rudder anchor mast galleon schooner "
        "kayak canoe raft gondola hovercraft zeppelin glider parachute kite boomerang frisbee yoyo "
        "marionettes hobbyhorse doll teddy jigsaw crossword anagram pun joke limerick haiku sonnet "
        "ballad fable legend saga proverb",
        "number": "three four two five six seven eight ten nine twelve eleven",
        "years": "12 10 8 6 11 9 7",
        "hour": "seven eight six nine",
    }.items()
}

# The life line. Each entry: how the fact is stated, then what may be added in the following sentences.
GREW_UP = (
    "{S} grew up in {grew}.",
    "{S} grew up in {grew}.",
    "{S} grew up in {grew}.",
    "{S} grew up in {grew}, (close to the river|not far from the station|in a house with a {colour} door|"
    "above a {building}|at the edge of a park).",
    "{S} spent {p} childhood in {grew}.",
    "{S} was raised in {grew} by (two aunts|{p} grandparents|two teachers).",
    "{S} grew up with (two|three|four) cousins in {grew}.",
)
GREW_UP_AFTER_BIRTH = (
    "{S} was born in {born} but grew up in {grew}.",
    "Although {s} was born in {born}, {s} grew up in {grew}.",
    "{S} was born in {born}. Soon afterwards the family left, and {s} grew up in {grew}.",
)
CHILDHOOD = (
    ("{S} went to school there.", "{S} went to (a small|a large|the village) school there."),
    ("{S} lived there for {years} years.", "{S} spent {number} happy years there.", "{S} learned to {craft} there."),
    ("{S} still [have|has] old friends there.", "{P} parents had a small shop there.", "Life there was simple."),
)
BORN = (
    "{S} was born in {born}.",
    "{S} was born in {born} on a ({weather}|rainy) {day} in {month}.",
    "{S} was born in {born}, the (youngest|oldest) of {number} children.",
    "{S} was born in {born} in {year}.",
)
MOVED = (
    "Later {s} moved to {home}.",
    "{S} moved to {home} (last {season}|for work|after school|a few years ago|with two suitcases|).",
    "Then {s} moved to {home}.",
    "When {s} was {young} years old, {s} moved to {home}.",
    "After {p} exams {s} settled in {home}.",
    "Now {s} [live|lives] in {home}.",
    "A few years ago {s} packed two suitcases and moved to {home}.",
)
BORN_MOVED_AGE = (
    "{S} was born in {born}, moved to {home} and [am|is] {age} years old.",
    "{S} was born in {born}, moved to {home} (as a student|for love|for work) and [am|is] now {age} years old.",
)
SETTLING = (
    ("The first weeks were hard.", "Everything was new.", "{S} knew nobody at first."),
    (
        "The neighbours were {virtue} and helped with everything.",
        "{S} soon found new friends.",
        "{S} rented a room with a {colour} door.",
    ),
)
HOME = (
    "Now {s} [feel|feels] at home in {country}.",
    "{S} [feel|feels] at home in {country}.",
    "{S} [like|likes] {p} (quiet|busy|simple|new) life in {country}.",
    "These days {s} [have|has] a small flat in {country}.",
    "{P} (old|small|little) house in {country} has a {colour} (door|roof|gate).",
    "If all goes well, {s} will buy a house in {country}.",
)
SPEAKS = (
    "{S} [speak|speaks] fluent {language}.",
    "{S} [speak|speaks] fluent {language}.",
    "{S} [speak|speaks] fluent {language}.",
    "After all these years {s} still [speak|speaks] fluent {language}.",
    "{S} [speak|speaks] {language} (at home|on the telephone|every day|in {p} dreams|with the children).",
    "When {s} [am|is] (tired|happy|angry), {s} [speak|speaks] {language} without thinking.",
    "(Even today|Of course|At home|To this day) {s} [speak|speaks] {language}.",
    "{S} [read|reads] many books and [speak|speaks] perfect {language}.",
)

WORKS = (
    "{S} [work|works] as a {occupation}.",
    "{S} [work|works] as a {occupation}.",
    "{S} [am|is] a {occupation}.",
    "After (long years of study|many exams|{number} years of study) {s} became a {occupation}.",
    "For {years} years {s} [have|has] worked as a {occupation}.",
    "Since last {season} {s} [have|has] worked as a {occupation}.",
)
WORK_DETAILS = (
    (
        "The work is hard, but {s} [enjoy|enjoys] it.",
        "{S} [like|likes] the work.",
        "The days are long.",
        "The pay is (good|low|fair), and the colleagues are {virtue}.",
    ),
    ("{S} [have|has] {number} colleagues.", "No two days are the same.", "There is always something to learn."),
)
WORKPLACE = (
    "On weekdays {s} [walk|walks] to the {place}.",
    "{S} [start|starts] work at the {place} at {hour}.",
    "Every Monday {s} [go|goes] to the {place} before sunrise.",
    "On weekdays {s} [take|takes] the {transport} to the {place}.",
    "When work is over, {s} [leave|leaves] the {place} with a smile.",
    "{S} [go|goes] to work by {transport} and [reach|reaches] the {place} at {hour}.",
)

LOVES = (
    "{S} [love|loves] {taste}.",
    "{S} [love|loves] {taste}.",
    "{S} really [love|loves] {taste}.",
    "As a child {s} loved {taste}.",
    "Like most of {p} friends, {s} [love|loves] {taste}.",
)
LOVE_DETAILS = (
    (
        "So do {p} (parents|cousins|friends|neighbours).",
        "Everybody knows that.",
        "That is no secret.",
        "It runs in the family.",
        "{S} also [love|loves] ice cream.",
    ),
    (
        "The {person} next door always laughs about it.",
        "Every {day} somebody brings some from the market.",
        "At the {building} they know it too.",
    ),
    ("For {years} years that was the end of the story.", "That has not changed since {month}."),
)
BUT_PREFERS = (
    "But {s} [prefer|prefers] {other_taste}.",
    "But {s} [prefer|prefers] {other_taste}.",
    "But (now|these days|in {season}|on holidays) {s} [prefer|prefers] {other_taste}.",
    "But to be honest, {s} [prefer|prefers] {other_taste}.",
)
CHOOSES = (
    "On {p} birthday {s} always [choose|chooses] {choice}.",
    "When friends ask, {s} [choose|chooses] {choice}.",
    "In every (cafe|restaurant) {s} [order|orders] {choice}.",
    "If there is a choice, {s} [pick|picks] {choice}.",
    "After a long day {s} usually [choose|chooses] {choice}.",
)

AGE = (
    "{S} [am|is] {age} years old.",
    "{S} [am|is] now {age} years old.",
    "Today {s} [am|is] {age} years old and (happy|healthy|never bored|still curious).",
)
NEXT_AGE = (
    "Next {season} {s} will be {next_age}.",
    "In {month} {s} will be {next_age}.",
    "On {p} next birthday {s} will be {next_age}.",
    "Soon {s} will be {next_age}.",
)

PET = (
    "{S} [have|has] a {species} called {pet}.",
    "{S} [have|has] a (white|brown|black|grey) {species} called {pet}.",
    "Last {season} {s} found a {species} and kept it: a lively {species} called {pet}.",
    "Since {month} {s} [have|has] had a {species} called {pet}.",
    "For {p} birthday {s} was given a {species} named {pet}.",
)
PET_DETAILS = (
    ("{pet} is {number} years old.", "Everyone in the street knows {pet}.", "{pet} eats more than anyone else."),
    (
        "The children next door feed {pet} after school.",
        "{pet} is afraid of thunder.",
        "The {person} brings {pet} a treat every {day}.",
    ),
)
PET_SOUND = (
    "When {s} [come|comes] home, {pet} {sound}.",
    "Every morning {pet} {sound} in front of the door.",
    "{pet} {sound} when the telephone rings.",
    "If breakfast is late, {pet} {sound} loudly.",
    "As soon as it gets dark, {pet} {sound}.",
)

AGREEMENT = (
    "The {head} {verb} (old|clean|heavy|dusty|broken|too small).",
    "The {head} (on|behind|near|under|beside) the {attractor} {verb} (old|clean|dusty|broken|{colour}).",
    "The {head} (on|behind|near|under|beside) the {attractor} {verb} (older than the house|covered in dust|from "
    "{p} grandparents|worth nothing|still useful).",
    "The {head} that {s} bought near the {building} {verb} (still useful|too small|beautiful|in the hall).",
    "The {head} that a friend sent from {far_city} last {season} {verb} (still in the hall|beautiful|broken).",
    "The {head} beside the {attractor} behind the {attractor} {verb} (old|heavy|dusty|from another house).",
)

FRIEND = (
    "My best friend is called {friend}.",
    "My friend {friend} and I met at school.",
    "My (neighbour|cousin|colleague) {friend} taught me to {craft}.",
    "I share an office with {friend}.",
    "At the age of {years} I met {friend}.",
)
FRIENDSHIP = (
    (
        "We were both (shy|new) at school then.",
        "We laughed a lot.",
        "We had the same (teacher|bicycle|sense of humour).",
    ),
    ("We liked {game} and hated {subject}.", "We built a boat together.", "We shared everything, even the {dish}."),
)
FRIEND_NOW = (
    "I still write to {fo} every week.",
    "{FS} visits me every {day}.",
    "Every {day} {fs} visits me with {fruit}.",
    "I often think of {fo}.",
    "I miss {fp} (stories|laugh|jokes|letters).",
    "Last {season} I baked a cake for {fo}.",
    "Without {fo} life would be dull.",
    "On {fp} birthday we went to the {building}.",
)
OWN_NAME = ("My name is {own_name}.", "My name is {own_name}.", "Hello, my name is {own_name}.")

# Others: short facts that hold within one sentence and decide nothing about the person.
ELSEWHERE = (
    "In {far_city} people speak {far_language}.",
    "In {far_city} most people speak {far_language}.",
    "(A cousin|An old friend) lives in {far_city} and speaks {far_language}.",
    "(A cousin|An old friend|A neighbour) from {far_city} speaks {far_language}.",
    "The neighbours come from {far_city} and speak {far_language}.",
    "(A postcard|A letter|A picture|A parcel) came from {far_city} in {far_country}.",
    "The (train|bus) from {far_city} in {far_country} is always late.",
    "The {far_occupation} at the {far_workplace} is {virtue}.",
    "At the festival everyone gets {far_taste} or {far_other_taste}.",
    "The children ask for {far_taste} or {far_other_taste}.",
)

# Everything else: a theme is two or three sentences that belong together. They decide nothing.
THEMES = (
    # The place and the people around. Nothing here tells a woman from a man.
    (
        (
            "The street is {adjective} and lined with {tree}.",
            "The street is {adjective}.",
            "It is a {adjective} street.",
        ),
        ("There is a {building} on the corner.", "On the corner stands a {adjective} {building}."),
        ("In {season} the neighbours sit outside until late.", "Everybody knows everybody.", "At night it is silent."),
    ),
    (
        (
            "The town is {adjective}, but it has a {building} and a {building}.",
            "The town has a {adjective} {building}.",
        ),
        ("The town hall is more than {hundreds} years old.", "Nobody knows who built the town hall."),
        ("Many visitors come in {month} to see it.", "In {season} hardly anyone comes."),
    ),
    (
        (
            "It often rains in {month}.",
            "The winters are (cold|mild|wet|dark) and long.",
            "Last {season} was very {weather}.",
        ),
        ("After the rain the air smells of {flower}.", "When the wind blows, the windows rattle."),
        ("When the sun returns, the children are happy.", "Then the streets are empty."),
    ),
    (
        ("Every {day} there is a market on the square.", "The market opens on {day} at {hour}."),
        ("Farmers sell {vegetable}, {vegetable} and {fruit}.", "The {fruit} and the {vegetable} are always fresh."),
        ("The best stall belongs to an old couple from {far_city}.", "By noon the {fruit} are gone."),
    ),
    (
        ("A postcard from {far_city} hangs in the kitchen.", "An old picture of {far_city} hangs in the hall."),
        ("The colours are nearly gone.", "Nobody remembers who sent it.", "It shows a {building} and some {tree}."),
    ),
    (
        ("The radio played a song in {foreign}.", "There was a film in {foreign} on {day}."),
        ("It was about {topic}.", "Nobody understood a word, but the music was beautiful."),
    ),
    (
        ("The train to {far_city} leaves at {hour}.", "The night train from {far_city} is always late."),
        ("From the window one can see {tree} and {bird}.", "It is full in {season} and empty in {month}."),
        ("The old {person} at the station sells {fruit}.", "Nobody is ever in a hurry."),
    ),
    (
        ("In {season} the {bird} return.", "There are {bird} under the roof.", "The garden is full of {bird}."),
        ("They wake the whole house at {hour}.", "They eat the {fruit} and leave the {vegetable}."),
    ),
    (
        (
            "A {animal} lives behind the {building}.",
            "Every evening a {animal} comes by.",
            "A {animal} sleeps under the {tree}.",
        ),
        ("The children leave {fruit} in the grass.", "Nobody chases it away.", "It is not afraid of people."),
    ),
    (
        ("At night a {far_species} {far_sound} somewhere.", "Next door a {far_species} {far_sound} all day."),
        ("Nobody minds.", "The whole street is used to it.", "The {person} complains, but nothing changes."),
    ),
    (
        ("A former classmate works as a {far_occupation}.", "The new neighbour is a {far_occupation}."),
        ("The work is hard, but the stories are good.", "In {month} there is more to do than ever."),
    ),
    (
        ("There is a new road to the {far_place}.", "The (bus|tram) to the {far_place} is late again."),
        (
            "People have talked about it for weeks.",
            "In {month} it was even worse.",
            "The {person} wrote to the newspaper.",
        ),
    ),
    (
        ("The festival in {month} lasts {number} days.", "There is a festival of {flower} in (May|June|July)."),
        ("There are lanterns, {dish} and music.", "Someone plays the {instrument}, and everyone dances."),
        ("The children stay up until midnight.", "The last night belongs to the {instrument}."),
    ),
    (
        ("The river is (wide|narrow|green|deep) and slow.", "A (wide|narrow|quiet|deep) river runs behind the houses."),
        ("In {season} people swim in it.", "A {colour} ferry crosses it every hour."),
        ("Now and then a {animal} drinks there.", "Old boats lie in the mud."),
    ),
    (
        ("The old {person} across the street is {virtue}.", "The {person} on the second floor is {virtue}."),
        ("On {day} there is a smell of {dish} on the stairs.", "Nobody makes better {dish}."),
    ),
    (
        ("There is a small park behind the {building}.", "The park is full of {flower} in (May|June|July)."),
        ("Old people play {game} under the {tree}.", "Children play {game} there after school."),
    ),
    (
        ("The {building} is closed in {month}.", "Since {month} the {building} has been {colour}."),
        ("The {person} has the key.", "The {person} says that nobody asked.", "It will not last."),
    ),
    (
        ("The word of the day on the radio was {curio}.", "Somebody has painted the word {curio} on the wall."),
        ("The children had to spell it at school.", "Nobody knows why.", "It is a beautiful word."),
    ),
    # The person. These sentences have a subject.
    (
        (
            "{P} favourite word is {curio}.",
            "In the newspaper {s} found the word {curio}.",
            "On {day} {s} dreamed of the word {curio}.",
        ),
        ("It is hard to spell.", "{S} [write|writes] it on every letter.", "It sounds like a small song."),
    ),
    (
        ("At school {s} liked {subject} best.", "{S} was good at {subject} but not at {subject}."),
        ("The teacher was {virtue} and told stories about {topic}.", "The teacher was strict but {virtue}."),
        ("After school {s} played {game} until it was dark.", "After school {s} went to the {building}."),
    ),
    (
        ("{S} [play|plays] the {instrument}.", "For {number} years {s} took lessons on the {instrument}."),
        ("{S} only [practise|practises] when nobody is listening.", "The neighbours do not complain."),
        ("On {day} {s} [play|plays] with friends in a small band.", "One day {s} will play at the {building}."),
    ),
    (
        (
            "{P} favourite hobby is {hobby}.",
            "{S} [enjoy|enjoys] {hobby}.",
            "In {p} free time {s} [enjoy|enjoys] {hobby}.",
        ),
        ("It keeps {o} young.", "It costs nothing and makes {o} happy.", "{S} once won a {object} for it."),
    ),
    (
        (
            "Last {season} {s} flew to {far_city}.",
            "{S} once visited {far_city}.",
            "{S} spent a week in {far_city} in {month}.",
            "On a trip to {far_city} {s} lost {p} suitcase.",
        ),
        (
            "The weather was {weather}, but the {building} was beautiful.",
            "{S} took many photographs of the {building}.",
        ),
        ("{S} came back with a {object}.", "{S} [want|wants] to go back one day.", "The way back took {number} hours."),
    ),
    (
        (
            "From an old book {s} learned a few words of {foreign}.",
            "For one year {s} studied {foreign} but forgot it.",
            "{S} once tried to learn {foreign}.",
        ),
        ("The grammar was too hard.", "Today {s} only [know|knows] the word for {flower}."),
    ),
    (
        ("On {day} {s} [cook|cooks] {dish} for {p} friends.", "{S} [am|is] famous for {p} {dish}."),
        ("The recipe came from an old {person}.", "The secret is a little lemon juice.", "Nothing is ever left."),
        ("Afterwards everyone helps with the dishes.", "Then everyone plays {game}."),
    ),
    (
        (
            "{S} [read|reads] books about {topic}.",
            "On {day} {s} [borrow|borrows] books about {topic} from the library.",
            "Before sleeping {s} [read|reads] old books about {topic}.",
        ),
        (
            "The best ones have pictures.",
            "Some of them are more than {hundreds} years old.",
            "{S} [have|has] read some of them twice.",
        ),
    ),
    (
        (
            "In the garden {s} [grow|grows] {vegetable} and {flower}.",
            "{S} [have|has] a garden with {flower} and {fruit}.",
        ),
        ("Each {season} the {bird} eat half of it.", "In (April|May|June) everything is in bloom."),
        (
            "When it is dry, {s} [water|waters] the {flower} at {hour}.",
            "In (August|September) there is too much of everything.",
        ),
    ),
    (
        (
            "In the attic {s} found a {object}.",
            "At the market {s} found a {object}.",
            "Last {season} {s} bought an old {object}.",
        ),
        (
            "It was {colour} and covered in dust.",
            "It once belonged to a {person}.",
            "It does not work, but it looks nice.",
        ),
    ),
    (
        (
            "{S} [get|gets] up at {hour}.",
            "In the morning {s} [open|opens] the window and [listen|listens] to the {bird}.",
        ),
        ("Then {s} [read|reads] the newspaper.", "Before breakfast {s} [run|runs] around the {building}."),
    ),
    (
        (
            "{S} [write|writes] long letters to {p} friends.",
            "Every {season} {s} [write|writes] to {p} old teacher.",
        ),
        (
            "The answers come slowly.",
            "A letter, {s} [say|says], is better than a telephone call.",
            "Sometimes {s} [add|adds] a few dried {flower}.",
        ),
    ),
    (
        ("On {day} {s} [play|plays] {game} with {p} neighbours.", "{S} [play|plays] {game}, but {s} never [win|wins]."),
        ("They play until it is dark.", "The loser makes the {dish}.", "The {person} always wins."),
    ),
    (
        ("People say that {s} [am|is] {virtue}.", "{P} friends say that {s} [am|is] {virtue} but a little shy."),
        ("{S} [laugh|laughs] about that.", "Perhaps they are right."),
    ),
    (
        ("{S} once left {p} umbrella on the {transport}.", "{S} once lost {p} purse near the {building}."),
        ("A {person} found it and brought it back.", "{S} still [laugh|laughs] about it.", "It never came back."),
    ),
    (
        ("One day {s} [want|wants] to see a lighthouse.", "One day {s} [hope|hopes] to write about {topic}."),
        ("There is still time.", "Until then {s} [save|saves] a little every month."),
    ),
    (
        ("{P} parents sold {fruit} and {vegetable}.", "{P} parents met in {far_city}."),
        ("They worked from morning to night.", "They were {virtue} people.", "They knew everything about {topic}."),
    ),
    (
        (
            "{S} [take|takes] the {transport} because {s} [do|does] not like to drive.",
            "{S} never [take|takes] the {transport} when the weather is good.",
        ),
        (
            "On the way {s} [pass|passes] the {building}.",
            "On the way {s} [read|reads] or [look|looks] out of the window.",
        ),
    ),
    (
        (
            "When it is {weather}, {s} [stay|stays] at home and [draw|draws] {flower}.",
            "If it is {weather}, {s} [make|makes] {dish}.",
            "While others sleep, {s} [look|looks] at the stars.",
        ),
        ("Time passes slowly then.", "There is nothing better, {s} [think|thinks]."),
    ),
)
