"""The words of the holiday-postcard world, in pairs, by what they can be combined with.

A line of a list reads "English = French code". Code of a noun: gender (m, f), then, where number is not regular, one
letter a language after a stroke: m for a mass noun, p for plural only, s for a countable singular ("luggage = bagage
m/mp" is uncountable in English and plural in French). Within a list the frequent words stand first: they are drawn
more often.
"""

from typing import NamedTuple

from course.corpora.bilingual import english, french


class Noun(NamedTuple):
    """A pair of nouns; `*_number` is "count", "mass" or "plural"."""

    english: str
    french: str
    feminine: bool
    english_number: str = "count"
    french_number: str = "count"
    group: str = ""

    def in_english(self, plural: bool) -> str:
        """Written form in English."""
        return english.plural(self.english) if plural and self.english_number == "count" else self.english

    def in_french(self, plural: bool) -> str:
        """Written form in French."""
        return french.plural(self.french) if self.french_number == "plural" or plural else self.french


class Adjective(NamedTuple):
    """A pair of adjectives; French as masculine singular; `before`: stands before its noun in French."""

    english: str
    french: str
    before: bool = False


class Verb(NamedTuple):
    """A pair of verbs; `state`: its simple past is rendered by the imperfect, and it takes no progressive."""

    english: str
    french: str
    objects: tuple[str, ...] = ()
    reflexive: bool = False
    state: bool = False


NUMBER_CODES = {"m": "mass", "p": "plural", "s": "count"}


def entries(text: str) -> list[list[str]]:
    """Lines "a = b" of a list, split at the sign and at semicolons."""
    return [[side.strip() for side in line.split("=")] for line in text.replace(";", "\n").splitlines() if line.strip()]


def nouns(group: str, text: str, number: str = "count") -> list[Noun]:
    """Nouns of a list."""
    found = []
    for left, right in entries(text):
        word, code = right.rsplit(" ", 1)
        gender, _, numbers = code.partition("/")
        pair = [NUMBER_CODES[letter] for letter in numbers] if numbers else [number, number]
        found.append(Noun(left, word, gender == "f", pair[0], pair[1], group))
    return found


def adjectives(text: str) -> list[Adjective]:
    """Adjectives of a list; a trailing + stands for "before the noun"."""
    return [Adjective(left, right.rstrip(" +"), right.endswith("+")) for left, right in entries(text)]


def verbs(text: str, **features) -> list[Verb]:
    """Verbs of a list: "English = French : group group"; "se" before a French verb makes it reflexive."""
    found = []
    for left, right in entries(text):
        infinitive, _, groups = (part.strip() for part in right.partition(":"))
        reflexive = infinitive.startswith(("se ", "s'"))
        infinitive = infinitive.removeprefix("se ").removeprefix("s'")
        found.append(Verb(left, infinitive, tuple(groups.split()), reflexive, **features))
    return found


NOUNS = {
    "food": nouns(
        "food",
        """bread = pain m; cheese = fromage m; jam = confiture f; fish = poisson m; chocolate = chocolat m
        ham = jambon m; rice = riz m; butter = beurre m; fruit = fruit m/mp; soup = soupe f; meat = viande f
        honey = miel m; chicken = poulet m; salad = salade f; pasta = pâte f/mp; ice cream = glace f; beef = bœuf m
        salmon = saumon m; cream = crème f; tuna = thon m; cod = cabillaud m; pâté = pâté m
        spinach = épinard m/mp; lamb = agneau m; goat cheese = fromage de chèvre m; cabbage = chou m
        celery = céleri m; duck = canard m; caramel = caramel m""",
        "mass",
    ),
    "snack": nouns(
        "snack",
        """croissant = croissant m; cake = gâteau m; sandwich = sandwich m; pizza = pizza f; egg = œuf m
        biscuit = biscuit m; pancake = crêpe f; omelette = omelette f; waffle = gaufre f; sausage = saucisse f
        oyster = huître f; tart = tarte f; lobster = homard m; mussel = moule f; prawn = crevette f
        snail = escargot m; yoghurt = yaourt m; olive = olive f; sardine = sardine f; doughnut = beignet m
        bean = haricot m; walnut = noix f; almond = amande f; hazelnut = noisette f; sweet = bonbon m
        meatball = boulette de viande f; trout = truite f; macaroon = macaron m""",
    ),
    "fruit": nouns(
        "fruit",
        """apple = pomme f; orange = orange f; tomato = tomate f; banana = banane f; peach = pêche f; pear = poire f
        cherry = cerise f; strawberry = fraise f; potato = pomme de terre f; carrot = carotte f
        apricot = abricot m; melon = melon m; plum = prune f; fig = figue f; raspberry = framboise f
        mushroom = champignon m; artichoke = artichaut m; pepper = poivron m; cucumber = concombre m
        pineapple = ananas m; mango = mangue f; aubergine = aubergine f; radish = radis m; courgette = courgette f""",
    ),
    "peeled": nouns(
        "fruit",
        "potato = pomme de terre f; carrot = carotte f; apple = pomme f; orange = orange f; onion = oignon m",
    ),
    "kitchen": nouns(
        "fruit",
        """lemon = citron m; onion = oignon m; garlic = ail m/mm; sugar = sucre m/mm; potato = pomme de terre f
        carrot = carotte f; apple = pomme f; orange = orange f; pear = poire f; cucumber = concombre m""",
    ),
    "drink": nouns(
        "drink",
        """coffee = café m; water = eau f; tea = thé m; wine = vin m; milk = lait m; beer = bière f
        lemonade = limonade f; red wine = vin rouge m; white wine = vin blanc m; hot chocolate = chocolat chaud m
        cider = cidre m; orange juice = jus d'orange m; apple juice = jus de pomme m
        mineral water = eau minérale f; champagne = champagne m; herbal tea = tisane f""",
        "mass",
    ),
    "meal": nouns("meal", "dinner = dîner m; lunch = déjeuner m; breakfast = petit-déjeuner m; picnic = pique-nique m"),
    "sight": nouns(
        "sight",
        """museum = musée m; castle = château m; church = église f; cathedral = cathédrale f; market = marché m
        tower = tour f; garden = jardin m; palace = palais m; bridge = pont m; lighthouse = phare m; park = parc m
        abbey = abbaye f; zoo = zoo m; gallery = galerie f; aquarium = aquarium m; chapel = chapelle f; mill = moulin m
        library = bibliothèque f; theatre = théâtre m; monastery = monastère m; fortress = forteresse f; opera = opéra m
        vineyard = vignoble m; temple = temple m; cemetery = cimetière m; farm = ferme f; factory = usine f
        university = université f; town hall = mairie f; basilica = basilique f""",
    ),
    "nature": nouns(
        "nature",
        """beach = plage f; sea = mer f; lake = lac m; mountain = montagne f; forest = forêt f; island = île f
        river = rivière f; valley = vallée f; hill = colline f; cliff = falaise f; bay = baie f; waterfall = cascade f
        volcano = volcan m; cave = grotte f; field = champ m; meadow = prairie f; desert = désert m; glacier = glacier m
        pond = étang m; coast = côte f; gorge = gorge f; peninsula = péninsule f""",
    ),
    "town": nouns(
        "town",
        """village = village m; town = ville f; harbour = port m; square = place f; street = rue f
        capital = capitale f; region = région f; neighbourhood = quartier m; port = port m
        town centre = centre-ville m; suburb = banlieue f""",
    ),
    "lodging": nouns(
        "lodging",
        """hotel = hôtel m; house = maison f; campsite = camping m; inn = auberge f; flat = appartement m
        villa = villa f; cottage = chaumière f; tent = tente f; caravan = caravane f; chalet = chalet m
        room = chambre f""",
    ),
    "shop": nouns(
        "shop",
        """restaurant = restaurant m; café = café m; bakery = boulangerie f; shop = boutique f; bookshop = librairie f
        station = gare f; post office = poste f; airport = aéroport m; bank = banque f; pharmacy = pharmacie f
        cinema = cinéma m; swimming pool = piscine f; supermarket = supermarché m; school = école f
        hospital = hôpital m; hair salon = salon de coiffure m; cake shop = pâtisserie f
        tourist office = office de tourisme m; bus stop = arrêt de bus m; police station = commissariat m
        butcher shop = boucherie f; car park = parking m; ice rink = patinoire f; stadium = stade m; pub = pub m""",
    ),
    "vehicle": nouns(
        "vehicle",
        """train = train m; bus = bus m; plane = avion m; boat = bateau m; taxi = taxi m; ferry = ferry m
        tram = tramway m; underground = métro m; coach = car m; cable car = téléphérique m""",
    ),
    "ride": nouns(
        "ride",
        """car = voiture f; bicycle = vélo m; boat = bateau m; motorbike = moto f; scooter = scooter m; canoe = canoë m
        van = camionnette f; sailing boat = voilier m; kayak = kayak m; horse = cheval m""",
    ),
    "reading": nouns(
        "reading",
        """book = livre m; newspaper = journal m; letter = lettre f; magazine = magazine m; novel = roman m
        poem = poème m; guidebook = guide m; message = message m; article = article m; comic = bande dessinée f
        short story = nouvelle f; menu = menu m; dictionary = dictionnaire m""",
    ),
    "mail": nouns(
        "mail",
        """postcard = carte postale f; letter = lettre f; parcel = colis m; message = message m; photo = photo f
        present = cadeau m; invitation = invitation f; telegram = télégramme m; envelope = enveloppe f
        email = courriel m; bunch of flowers = bouquet de fleurs m; poem = poème m""",
    ),
    "thing": nouns(
        "thing",
        """map = carte f; bag = sac m; suitcase = valise f; umbrella = parapluie m; camera = appareil photo m
        key = clé f; ticket = billet m; passport = passeport m; watch = montre f; towel = serviette f
        phone = téléphone m; ball = ballon m; kite = cerf-volant m; stamp = timbre m; torch = lampe de poche f
        wallet = portefeuille m; backpack = sac à dos m; pen = stylo m; notebook = carnet m; basket = panier m
        knife = couteau m; blanket = couverture f; pillow = oreiller m; toothbrush = brosse à dents f
        mirror = miroir m; bottle = bouteille f; comb = peigne m; pencil = crayon m
        identity card = carte d'identité f; purse = porte-monnaie m; computer = ordinateur m
        tennis racket = raquette de tennis f; fishing rod = canne à pêche f; deckchair = chaise longue f
        parasol = parasol m; alarm clock = réveil m""",
    ),
    "souvenir": nouns(
        "souvenir",
        """painting = tableau m; vase = vase m; ring = bague f; necklace = collier m; doll = poupée f
        poster = affiche f; plate = assiette f; cup = tasse f; bracelet = bracelet m; toy = jouet m
        candle = bougie f; souvenir = souvenir m; teddy bear = ours en peluche m; shell = coquillage m
        carpet = tapis m; clock = horloge f; engraving = gravure f; lamp = lampe f; earring = boucle d'oreille f
        tablecloth = nappe f; bowl = bol m; teapot = théière f; music box = boîte à musique f; statue = statue f
        puppet = marionnette f; drawing = dessin m; fan = éventail m; key ring = porte-clés m; perfume = parfum m""",
    ),
    "clothes": nouns(
        "clothes",
        """hat = chapeau m; dress = robe f; jumper = pull m; coat = manteau m; shirt = chemise f; scarf = écharpe f
        skirt = jupe f; jacket = veste f; swimsuit = maillot de bain m; shoe = chaussure f; boot = botte f
        sandal = sandale f; raincoat = imperméable m; glove = gant m; sock = chaussette f; cap = casquette f
        tie = cravate f; belt = ceinture f; sunglasses = lunettes de soleil f/pp; trousers = pantalon m/ps
        shorts = short m/ps; suit = costume m; blouse = chemisier m; pyjamas = pyjama m/ps; cardigan = gilet m
        slipper = pantoufle f; jeans = jean m/ps""",
    ),
    "animal": nouns(
        "animal",
        """dog = chien m; cat = chat m; horse = cheval m; bird = oiseau m; cow = vache f; donkey = âne m
        goat = chèvre f; sheep = mouton m; rabbit = lapin m; duck = canard m; seagull = mouette f
        squirrel = écureuil m; hen = poule f; pig = cochon m; swan = cygne m; butterfly = papillon m
        fox = renard m; owl = hibou m; frog = grenouille f; goose = oie f; deer = cerf m; dolphin = dauphin m
        turtle = tortue f; bee = abeille f; lizard = lézard m; crab = crabe m; hedgehog = hérisson m
        whale = baleine f; monkey = singe m; parrot = perroquet m; seal = phoque m; camel = chameau m
        eagle = aigle m; pigeon = pigeon m; wolf = loup m; bear = ours m; mouse = souris f; elephant = éléphant m
        lion = lion m; giraffe = girafe f; ladybird = coccinelle f; snake = serpent m; shark = requin m
        jellyfish = méduse f; peacock = paon m; swallow = hirondelle f; lamb = agneau m""",
    ),
    "farm_animal": nouns(
        "animal",
        """cow = vache f; horse = cheval m; sheep = mouton m; donkey = âne m; goat = chèvre f; hen = poule f
        pig = cochon m; goose = oie f; duck = canard m; rabbit = lapin m; lamb = agneau m; swallow = hirondelle f""",
    ),
    "forest_animal": nouns(
        "animal",
        """fox = renard m; deer = cerf m; squirrel = écureuil m; owl = hibou m; wolf = loup m; bird = oiseau m
        bear = ours m; eagle = aigle m; hedgehog = hérisson m; snake = serpent m; butterfly = papillon m
        bee = abeille f""",
    ),
    "shore_animal": nouns(
        "animal",
        "seagull = mouette f; crab = crabe m; jellyfish = méduse f; turtle = tortue f; seal = phoque m; swan = cygne m",
    ),
    "zoo_animal": nouns(
        "animal",
        """monkey = singe m; lion = lion m; elephant = éléphant m; parrot = perroquet m; giraffe = girafe f
        camel = chameau m; peacock = paon m; bear = ours m; lizard = lézard m""",
    ),
    "town_animal": nouns(
        "animal",
        "cat = chat m; dog = chien m; bird = oiseau m; pigeon = pigeon m; mouse = souris f; butterfly = papillon m",
    ),
    "pet": nouns("pet", "dog = chien m; cat = chat m; horse = cheval m; rabbit = lapin m; parrot = perroquet m"),
    "kin": nouns(
        "kin",
        """sister = sœur f; brother = frère m; mother = mère f; father = père m; daughter = fille f; son = fils m
        grandmother = grand-mère f; grandfather = grand-père m; aunt = tante f; uncle = oncle m; husband = mari m
        niece = nièce f; nephew = neveu m; granddaughter = petite-fille f; grandson = petit-fils m
        mother-in-law = belle-mère f; father-in-law = beau-père m; sister-in-law = belle-sœur f; godmother = marraine f
        godfather = parrain m""",
    ),
    "kin_plural": nouns(
        "kin_plural",
        """parents = parent m/pp; children = enfant m/pp; grandparents = grand-parent m/pp; friends = ami m/pp
        cousins = cousin m/pp; sisters = sœur f/pp; brothers = frère m/pp; daughters = fille f/pp; sons = fils m/pp
        neighbours = voisin m/pp; grandchildren = petit-enfant m/pp; aunts = tante f/pp; colleagues = collègue m/pp""",
    ),
    "person": nouns(
        "person",
        """man = homme m; woman = femme f; boy = garçon m; girl = fille f; waiter = serveur m; waitress = serveuse f
        fisherman = pêcheur m; baker = boulanger m; guide = guide m; tourist = touriste m; doctor = médecin m
        painter = peintre m; musician = musicien m; farmer = fermier m; policeman = policier m; postman = facteur m
        writer = écrivain m; singer = chanteuse f; actress = actrice f; actor = acteur m
        teacher = professeur m; student = étudiant m; driver = chauffeur m; cook = cuisinier m; sailor = marin m
        nurse = infirmière f; artist = artiste m; photographer = photographe m; traveller = voyageur m; lady = dame f
        gentleman = monsieur m; shepherd = berger m; dancer = danseuse f; gardener = jardinier m; king = roi m
        queen = reine f; prince = prince m; princess = princesse f; architect = architecte m; hairdresser = coiffeuse f
        lifeguard = maître-nageur m; customs officer = douanier m""",
    ),
    "group": nouns("group", "tourist = touriste m; child = enfant m; fisherman = pêcheur m; student = étudiant m"),
    "language": nouns(
        "language",
        """French = français m; English = anglais m; Italian = italien m; Spanish = espagnol m; German = allemand m
        Portuguese = portugais m; Greek = grec m; Dutch = néerlandais m; Japanese = japonais m; Russian = russe m
        Arabic = arabe m; Swedish = suédois m; Polish = polonais m; Chinese = chinois m; Breton = breton m""",
        "mass",
    ),
    "tongue": nouns("language", "language = langue f"),
    "game": nouns(
        "game",
        """tennis = tennis m; football = football m; cards = carte f/pp; chess = échec m/mp
        volleyball = volley-ball m; golf = golf m; rugby = rugby m; hide-and-seek = cache-cache m
        badminton = badminton m; table tennis = ping-pong m; dominoes = domino m/pp; draughts = dame f/pp
        petanque = pétanque f; basketball = basket m; billiards = billard m; marbles = bille f/pp
        handball = handball m""",
        "mass",
    ),
    "instrument": nouns(
        "instrument",
        """piano = piano m; guitar = guitare f; violin = violon m; flute = flûte f; accordion = accordéon m
        trumpet = trompette f; harp = harpe f; drums = batterie f/pm; saxophone = saxophone m
        harmonica = harmonica m; organ = orgue m; clarinet = clarinette f; cello = violoncelle m""",
    ),
    "sound": nouns(
        "sound",
        """music = musique f; radio = radio f; sea = mer f; birds = oiseau m/pp; wind = vent m; rain = pluie f
        bells = cloche f/pp; song = chanson f; orchestra = orchestre m; concert = concert m; waves = vague f/pp
        storm = orage m; singer = chanteuse f; story = histoire f; church bells = cloche f/pp; guide = guide m
        waterfall = cascade f; musicians = musicien m/pp; fountain = fontaine f; crickets = grillon m/pp""",
        "mass",
    ),
    "view": nouns(
        "view",
        """sunset = coucher de soleil m; landscape = paysage m; view = vue f; sunrise = lever de soleil m
        boats = bateau m/pp; mountains = montagne f/pp; stars = étoile f/pp; moon = lune f
        fireworks = feu d'artifice m/ps; rainbow = arc-en-ciel m; sky = ciel m
        stained-glass windows = vitrail m/pp; fountains = fontaine f/pp; waves = vague f/pp
        paintings = tableau m/pp; clouds = nuage m/pp; statues = statue f/pp; ruins = ruine f/pp
        flowers = fleur f/pp; sea = mer f; snow = neige f; trees = arbre m/pp; rocks = rocher m/pp
        roofs = toit m/pp; dolphins = dauphin m/pp""",
        "mass",
    ),
    "plant": nouns(
        "plant",
        """flower = fleur f; tree = arbre m; rose = rose f; palm tree = palmier m; oak = chêne m
        lavender field = champ de lavande m; pine = pin m; leaf = feuille f; olive tree = olivier m
        sunflower = tournesol m; tulip = tulipe f; plant = plante f; daisy = marguerite f; apple tree = pommier m
        orchid = orchidée f; bush = buisson m""",
    ),
    "part": nouns(
        "part",
        """window = fenêtre f; door = porte f; kitchen = cuisine f; balcony = balcon m; terrace = terrasse f
        bathroom = salle de bains f; bed = lit m; living room = salon m; chair = chaise f; table = table f
        sofa = canapé m; lift = ascenseur m; stairs = escalier m/ps; wall = mur m; roof = toit m; shower = douche f
        cupboard = placard m; armchair = fauteuil m; fridge = réfrigérateur m; corridor = couloir m
        television = télévision f; oven = four m; dining room = salle à manger f; fireplace = cheminée f
        curtains = rideau m/pp; shutters = volet m/pp; wardrobe = armoire f; attic = grenier m""",
    ),
    "journey": nouns(
        "journey",
        """journey = voyage m; walk = promenade f; trip = excursion f; stay = séjour m; holidays = vacance f/pp
        flight = vol m; crossing = traversée f; night = nuit f; weekend = week-end m; evening = soirée f
        afternoon = après-midi m""",
    ),
    "path": nouns("path", "river = rivière f; path = sentier m; coast = côte f; road = route f; canal = canal m"),
    "cuttable": nouns(
        "cuttable",
        "bread = pain m/mm; cake = gâteau m; cheese = fromage m/mm; melon = melon m; ham = jambon m/mm; tart = tarte f",
    ),
    "dish": nouns(
        "dish",
        """soup = soupe f/mm; omelette = omelette f; salad = salade f; cake = gâteau m; sandwich = sandwich m
        fish = poisson m/mm; pancake = crêpe f; rice = riz m/mm; chicken = poulet m/mm; tart = tarte f
        pizza = pizza f; pasta = pâte f/mp; coffee = café m/mm; tea = thé m/mm""",
    ),
    "buyable": nouns(
        "mail",
        """postcard = carte postale f; stamp = timbre m; present = cadeau m; bunch of flowers = bouquet de fleurs m
        envelope = enveloppe f""",
    ),
    "rentable": nouns(
        "lodging",
        """house = maison f; flat = appartement m; room = chambre f; villa = villa f; cottage = chaumière f
        chalet = chalet m; caravan = caravane f; tent = tente f""",
    ),
    "recommended": nouns(
        "lodging",
        """restaurant = restaurant m; hotel = hôtel m; café = café m; campsite = camping m; inn = auberge f
        bakery = boulangerie f""",
    ),
    "left": nouns(
        "left",
        """hotel = hôtel m; village = village m; beach = plage f; town = ville f; museum = musée m
        restaurant = restaurant m; campsite = camping m; island = île f; house = maison f; port = port m
        station = gare f; party = fête f; capital = capitale f""",
    ),
    "tidied": nouns(
        "tidied",
        """room = chambre f; kitchen = cuisine f; cupboard = placard m; suitcase = valise f; tent = tente f
        drawer = tiroir m; attic = grenier m; bag = sac m; living room = salon m; wardrobe = armoire f""",
    ),
    "cleanable": nouns(
        "cleanable",
        """tent = tente f; caravan = caravane f; boat = bateau m; car = voiture f; house = maison f
        barbecue = barbecue m; glass = verre m""",
    ),
    "decorable": nouns(
        "decorable",
        """room = chambre f; house = maison f; table = table f; Christmas tree = sapin de Noël m; cake = gâteau m
        living room = salon m; kitchen = cuisine f; boat = bateau m; terrace = terrasse f; balcony = balcon m""",
    ),
    "payable": nouns(
        "payable",
        "bill = addition f; ticket = billet m; taxi = taxi m; room = chambre f; meal = repas m; coffee = café m",
    ),
    "show": nouns(
        "show",
        """film = film m; match = match m; play = pièce f; show = spectacle m; concert = concert m; race = course f
        exhibition = exposition f; procession = défilé m; ballet = ballet m; regatta = régate f""",
    ),
    "watchable": nouns(
        "view",
        """sunset = coucher de soleil m; boats = bateau m/pp; stars = étoile f/pp; waves = vague f/pp
        birds = oiseau m/pp; sea = mer f; children = enfant m/pp; television = télévision f/mm; clouds = nuage m/pp
        fireworks = feu d'artifice m/ps; sunrise = lever de soleil m; swans = cygne m/pp; sky = ciel m
        moon = lune f; rain = pluie f; people = gens m/pp; dolphins = dauphin m/pp""",
        "mass",
    ),
    "text": nouns(
        "reading",
        """book = livre m; novel = roman m; article = article m; magazine = magazine m; short story = nouvelle f
        poem = poème m; comic = bande dessinée f; guidebook = guide m; dictionary = dictionnaire m""",
    ),
    "tool": nouns(
        "thing",
        """umbrella = parapluie m; map = carte f; pen = stylo m; torch = lampe de poche f; knife = couteau m
        towel = serviette f; suitcase = valise f; camera = appareil photo m; blanket = couverture f
        tennis racket = raquette de tennis f; fishing rod = canne à pêche f; pencil = crayon m; parasol = parasol m
        deckchair = chaise longue f; computer = ordinateur m; alarm clock = réveil m; backpack = sac à dos m
        sleeping bag = sac de couchage m; ladder = échelle f; hammer = marteau m""",
    ),
    "repaired": nouns(
        "thing",
        """watch = montre f; tent = tente f; camera = appareil photo m; roof = toit m; door = porte f
        alarm clock = réveil m; clock = horloge f; lamp = lampe f; umbrella = parapluie m; computer = ordinateur m
        phone = téléphone m; window = fenêtre f; shower = douche f; chair = chaise f; fishing rod = canne à pêche f
        kite = cerf-volant m""",
    ),
    "carried": nouns(
        "thing",
        """bag = sac m; suitcase = valise f; basket = panier m; backpack = sac à dos m; tent = tente f
        parasol = parasol m; deckchair = chaise longue f; blanket = couverture f; box = boîte f; ladder = échelle f
        bottle = bouteille f; umbrella = parapluie m""",
    ),
    "hidden": nouns(
        "thing",
        """key = clé f; present = cadeau m; letter = lettre f; chocolate = chocolat m; ball = ballon m
        treasure = trésor m; wallet = portefeuille m; map = carte f; money = argent m/mm""",
    ),
    "letters": nouns(
        "mail", "letter = lettre f; postcard = carte postale f; message = message m; poem = poème m; email = courriel m"
    ),
    "crossable": nouns(
        "crossable",
        """street = rue f; bridge = pont m; river = rivière f; square = place f; forest = forêt f; village = village m
        park = parc m; town = ville f; field = champ m; desert = désert m; lake = lac m; tunnel = tunnel m
        border = frontière f; road = route f; valley = vallée f; garden = jardin m""",
    ),
    "bookable": nouns(
        "bookable", "room = chambre f; table = table f; hotel = hôtel m; seat = place f; ticket = billet m"
    ),
    "openable": nouns(
        "openable",
        """door = porte f; window = fenêtre f; suitcase = valise f; parcel = colis m; umbrella = parapluie m
        bag = sac m; shop = boutique f; curtains = rideau m/pp; shutters = volet m/pp; envelope = enveloppe f
        box = boîte f; gate = portail m; cupboard = placard m; drawer = tiroir m""",
    ),
    "fragile": nouns(
        "souvenir", "glass = verre m; plate = assiette f; vase = vase m; cup = tasse f; mirror = miroir m; bowl = bol m"
    ),
    "pickable": nouns(
        "pickable",
        """flower = fleur f; cherry = cerise f; apple = pomme f; strawberry = fraise f; rose = rose f
        mushroom = champignon m; blackberry = mûre f; fig = figue f; daisy = marguerite f; grape = raisin m
        tulip = tulipe f; lemon = citron m""",
    ),
    "climbable": nouns(
        "nature", "mountain = montagne f; hill = colline f; volcano = volcan m; summit = sommet m; dune = dune f"
    ),
    "collectable": nouns(
        "souvenir",
        """stamp = timbre m; shell = coquillage m; pebble = galet m; postcard = carte postale f; coin = pièce f
        doll = poupée f""",
    ),
    "buildable": nouns(
        "buildable", "sandcastle = château de sable m; snowman = bonhomme de neige m; hut = cabane f; wall = mur m"
    ),
    "drivable": nouns(
        "ride", "car = voiture f; van = camionnette f; coach = car m; tractor = tracteur m; lorry = camion m"
    ),
    "catchable": nouns(
        "animal", "fish = poisson m; butterfly = papillon m; frog = grenouille f; crab = crabe m; mouse = souris f"
    ),
    "luggage": nouns("luggage", "luggage = bagage m/mp; money = argent m; passport = passeport m"),
    "work": nouns("work", "work = travail m; homework = devoir m/mp; drawing = dessin m; letter = lettre f"),
}

MEN = [
    "Paul",
    "Thomas",
    "Simon",
    "Lucas",
    "Victor",
    "Nicolas",
    "Oscar",
    "Max",
    "Louis",
    "David",
    "Daniel",
    "Martin",
    "Vincent",
    "Adam",
    "Gabriel",
    "Benjamin",
]
WOMEN = [
    "Emma",
    "Sophie",
    "Marie",
    "Alice",
    "Clara",
    "Julia",
    "Sarah",
    "Laura",
    "Anna",
    "Nina",
    "Eva",
    "Charlotte",
    "Louise",
    "Caroline",
    "Rose",
    "Camille",
]
SURNAMES = ["Martin", "Durand", "Petit", "Moreau", "Leroy", "Lambert", "Dubois", "Fontaine"]

# English = French, with the article that the name has; no article: à (Paris, Malte).
CITIES = [
    tuple(pair)
    for pair in entries(
        """Paris = Paris; London = Londres; Rome = Rome; Venice = Venise; Lyon = Lyon; Nice = Nice; Lisbon = Lisbonne
        Bordeaux = Bordeaux; Barcelona = Barcelone; Marseille = Marseille; Brussels = Bruxelles; Geneva = Genève
        Edinburgh = Édimbourg; Athens = Athènes; Vienna = Vienne; Berlin = Berlin; Florence = Florence
        Strasbourg = Strasbourg; Dublin = Dublin; Madrid = Madrid; Toulouse = Toulouse; Prague = Prague
        Nantes = Nantes; Biarritz = Biarritz; Amsterdam = Amsterdam; Avignon = Avignon; Cannes = Cannes
        Le Havre = Le Havre; Naples = Naples; Cairo = Le Caire; Montreal = Montréal; Seville = Séville
        Copenhagen = Copenhague; La Rochelle = La Rochelle; Lille = Lille; Moscow = Moscou; Munich = Munich
        Oxford = Oxford; Bruges = Bruges; Cambridge = Cambridge; New York = New York; Algiers = Alger
        Warsaw = Varsovie; Grenoble = Grenoble; Annecy = Annecy; Genoa = Gênes; Dijon = Dijon
        Saint-Malo = Saint-Malo; Oslo = Oslo; Tokyo = Tokyo; Stockholm = Stockholm; Turin = Turin
        Granada = Grenade; Basel = Bâle; Budapest = Budapest; Helsinki = Helsinki; Istanbul = Istanbul
        Salzburg = Salzbourg"""
    )
]
COUNTRIES = [
    tuple(pair)
    for pair in entries(
        """France = la France; Italy = la Italie; Spain = la Espagne; Portugal = le Portugal; Greece = la Grèce
        England = la Angleterre; Switzerland = la Suisse; Scotland = la Écosse; Ireland = la Irlande
        Germany = la Allemagne; Canada = le Canada; the United States = les États-Unis; Belgium = la Belgique
        the Netherlands = les Pays-Bas; Brittany = la Bretagne; Normandy = la Normandie; Provence = la Provence
        Corsica = la Corse; Austria = la Autriche; Morocco = le Maroc; Japan = le Japon; Norway = la Norvège
        Sweden = la Suède; Denmark = le Danemark; Croatia = la Croatie; Iceland = la Islande; Sicily = la Sicile
        Burgundy = la Bourgogne; Tunisia = la Tunisie; Mexico = le Mexique; Hungary = la Hongrie
        Wales = le pays de Galles; Tuscany = la Toscane; Egypt = la Égypte; Turkey = la Turquie; India = la Inde
        Brazil = le Brésil; Crete = la Crète; Poland = la Pologne; China = la Chine; Peru = le Pérou
        Finland = la Finlande; Malta = Malte; Cyprus = Chypre; Madeira = Madère; Cuba = Cuba; Vietnam = le Vietnam
        Chile = le Chili; Luxembourg = le Luxembourg; Estonia = la Estonie; Alsace = la Alsace"""
    )
]

COLOURS = frozenset(
    ["blue", "red", "white", "black", "green", "yellow", "grey", "brown", "pink", "purple", "orange", "golden"]
)
NATIONS = frozenset(
    [
        "French",
        "Italian",
        "Spanish",
        "English",
        "German",
        "Greek",
        "Portuguese",
        "Swiss",
        "Irish",
        "Canadian",
        "Scottish",
        "Belgian",
        "American",
        "Swedish",
    ]
)
ADJECTIVES = {
    "food": adjectives(
        """good = bon +; delicious = délicieux; excellent = excellent +; big = grand +; small = petit +; fresh = frais
        expensive = cher; hot = chaud; cold = froid; Italian = italien; French = français; ripe = mûr
        Spanish = espagnol; Greek = grec"""
    ),
    "place": adjectives(
        """beautiful = beau +; old = vieux +; small = petit +; big = grand +; magnificent = magnifique; quiet = calme
        famous = célèbre; pretty = joli +; charming = charmant; modern = moderne; new = nouveau +
        interesting = intéressant; medieval = médiéval; strange = étrange; impressive = impressionnant
        peaceful = paisible; splendid = splendide; historic = historique; abandoned = abandonné; noisy = bruyant
        mysterious = mystérieux; narrow = étroit; picturesque = pittoresque; Roman = romain; lively = animé
        cheap = bon marché; expensive = cher; comfortable = confortable"""
    ),
    "nature": adjectives(
        """beautiful = beau +; big = grand +; small = petit +; magnificent = magnifique; quiet = calme; pretty = joli +
        splendid = splendide; high = haut +; blue = bleu; wild = sauvage; deep = profond; green = vert; long = long +
        deserted = désert; dark = sombre; steep = escarpé; wide = large +; dangerous = dangereux; frozen = gelé"""
    ),
    "plant": adjectives(
        """beautiful = beau +; big = grand +; small = petit +; pretty = joli +; white = blanc; red = rouge
        old = vieux +; yellow = jaune; rare = rare; strange = étrange; magnificent = magnifique; pink = rose"""
    ),
    "thing": adjectives(
        """new = nouveau +; red = rouge; small = petit +; big = grand +; blue = bleu; old = vieux +; pretty = joli +
        black = noir; white = blanc; green = vert; expensive = cher; yellow = jaune; beautiful = beau +
        grey = gris; brown = marron; heavy = lourd; light = léger; round = rond; useful = utile; pink = rose
        strange = étrange; purple = violet; orange = orange; cheap = bon marché; golden = doré; wet = mouillé
        broken = cassé"""
    ),
    "vehicle": adjectives(
        "new = nouveau +; red = rouge; small = petit +; big = grand +; blue = bleu; old = vieux +; white = blanc"
    ),
    "clothes": adjectives(
        """red = rouge; new = nouveau +; blue = bleu; white = blanc; black = noir; green = vert; pretty = joli +
        old = vieux +; warm = chaud; elegant = élégant; yellow = jaune; grey = gris; long = long +
        comfortable = confortable; light = léger; pink = rose; expensive = cher; brown = marron; thick = épais
        dirty = sale; ridiculous = ridicule; dry = sec"""
    ),
    "text": adjectives(
        """long = long +; interesting = intéressant; beautiful = beau +; funny = drôle; new = nouveau +; old = vieux +
        short = court; sad = triste; English = anglais; French = français; amusing = amusant; strange = étrange
        boring = ennuyeux; Italian = italien; moving = émouvant; Spanish = espagnol; mysterious = mystérieux"""
    ),
    "mail": adjectives(
        """long = long +; beautiful = beau +; small = petit +; funny = drôle; pretty = joli +; strange = étrange
        sad = triste"""
    ),
    "person": adjectives(
        """young = jeune +; old = vieux +; kind = gentil; tall = grand +; friendly = sympathique; funny = drôle
        charming = charmant; polite = poli; English = anglais; French = français; Italian = italien
        Spanish = espagnol; German = allemand; famous = célèbre; shy = timide; elegant = élégant; rich = riche
        strange = étrange; generous = généreux; brave = courageux; Portuguese = portugais; Greek = grec
        talkative = bavard; patient = patient; Swiss = suisse; Irish = irlandais; Canadian = canadien
        blond = blond; Scottish = écossais; Belgian = belge; American = américain; Swedish = suédois"""
    ),
    "animal": adjectives(
        """small = petit +; big = grand +; white = blanc; black = noir; young = jeune +; old = vieux +
        beautiful = beau +; grey = gris; brown = brun; wild = sauvage; funny = drôle; magnificent = magnifique
        gentle = doux; strange = étrange; fat = gros +"""
    ),
    "journey": adjectives(
        """long = long +; beautiful = beau +; pleasant = agréable; wonderful = merveilleux; short = court
        tiring = fatigant; interesting = intéressant; dangerous = dangereux; unforgettable = inoubliable
        restful = reposant"""
    ),
    "event": adjectives(
        """interesting = intéressant; wonderful = merveilleux; long = long +; boring = ennuyeux; excellent = excellent +
        beautiful = beau +; big = grand +; free = gratuit; small = petit +; amusing = amusant"""
    ),
    "mood": adjectives(
        """tired = fatigué; happy = heureux; ill = malade; sad = triste; ready = prêt; late = en retard
        delighted = ravi; disappointed = déçu; worried = inquiet; busy = occupé; alone = seul; surprised = surpris
        pleased = content; proud = fier; nervous = nerveux; curious = curieux; impatient = impatient
        tanned = bronzé; jealous = jaloux; relaxed = détendu; furious = furieux; in a good mood = de bonne humeur
        moved = ému; calm = calme; sure = sûr; lost = perdu; grateful = reconnaissant; careful = prudent
        lazy = paresseux"""
    ),
    "state": adjectives(
        """open = ouvert; closed = fermé; full = plein; empty = vide; free = gratuit; expensive = cher
        crowded = bondé; far = loin; comfortable = confortable; clean = propre; dirty = sale; noisy = bruyant
        dark = sombre"""
    ),
    "act": adjectives(
        """pleasant = agréable; easy = facile; difficult = difficile; important = important; wonderful = merveilleux
        impossible = impossible; dangerous = dangereux; amusing = amusant; possible = possible; useful = utile
        tiring = fatigant; pointless = inutile"""
    ),
}
# Which adjectives a group of nouns takes.
ADJECTIVE_CLASS = {
    "food": "food", "snack": "food", "fruit": "food", "drink": "food", "sight": "place", "nature": "nature",
    "town": "place",
    "lodging": "place", "shop": "place", "vehicle": "vehicle", "ride": "vehicle", "reading": "text", "mail": "mail",
    "thing": "thing", "souvenir": "thing", "clothes": "clothes", "animal": "animal", "pet": "animal",
    "person": "person",
    "group": "person", "journey": "journey", "show": "event", "plant": "plant",
}  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The English words of a list, separated by commas."""
    return frozenset(word.strip() for word in text.replace("\n", " ").split(","))


_RUINS = (
    "castle, church, abbey, palace, chapel, fortress, monastery, temple, theatre, bridge, tower, town, village, mill"
)
_SMALLER = """croissant, cake, sandwich, pizza, biscuit, omelette, waffle, sausage, lobster, fish, tart, apple, orange,
    tomato, banana, peach, pear, carrot, lemon, melon, onion, artichoke, pepper, potato, pancake, pineapple, mango,
    trout"""
# Adjectives that suit only some nouns of their class.
ALLOWED = {
    adjective: words(nouns_)
    for adjective, nouns_ in {
        "ripe": """apple, orange, tomato, banana, peach, pear, cherry, strawberry, apricot, melon, plum, fig, raspberry,
            mango, pineapple""",
        "fresh": """bread, fish, cheese, salmon, tuna, cod, egg, oyster, mussel, prawn, milk, water, cream,
            strawberry, fig, bean, sardine""",
        "hot": """soup, coffee, tea, milk, croissant, bread, pancake, waffle, sandwich, pizza, chicken, tart,
            water, wine, doughnut""",
        "cold": """soup, coffee, tea, milk, beer, water, chicken, lemonade, wine, meat, white wine, cider, orange juice,
            rice""",
        "Greek": """cheese, salad, yoghurt, olive, honey, wine, man, woman, tourist, singer, student, waiter,
            actor, writer""",
        "ruined": _RUINS,
        "medieval": _RUINS + ", cathedral, market, basilica, town, village, street, square, neighbourhood, harbour",
        "Roman": "bridge, theatre, temple, tower, fortress, town, village, villa",
        "abandoned": _RUINS + ", house, farm, factory, cottage, garden, station, cemetery, hotel, school, villa",
        "historic": """castle, church, cathedral, palace, bridge, town, village, abbey, town centre,
            neighbourhood, square, house""",
        "narrow": "street, bridge, valley, path, gorge",
        "lively": """market, village, town, street, square, harbour, neighbourhood, town centre, café, pub, inn,
            campsite, restaurant, capital""",
        "noisy": """market, village, town, street, square, neighbourhood, café, pub, inn, campsite, hotel, room, flat,
            restaurant, factory, station, school, swimming pool, capital, town centre, suburb""",
        "comfortable": """hotel, house, flat, inn, cottage, room, chalet, caravan, tent, villa, shoe, boot, coat,
            jumper, jacket, trousers, sandal, slipper, pyjamas, cinema, dress""",
        "cheap": """hotel, inn, room, flat, restaurant, campsite, shop, supermarket, café, bag, watch, umbrella,
            suitcase, ring, necklace, vase, camera, phone, souvenir, toy, towel, hat, dress, jumper, shoe,
            jacket, doll, bracelet""",
        "expensive": """hotel, inn, room, flat, restaurant, shop, villa, café, bag, watch, umbrella, suitcase,
            ring, necklace, vase, camera, phone, souvenir, toy, painting, perfume, carpet, computer, lamp, hat,
            dress, jumper, shoe, jacket, coat, skirt, suit, shirt, boot, scarf, lobster, wine, champagne, cheese,
            oyster, salmon, ticket, clock, bracelet, music box""",
        "modern": """museum, church, hotel, house, station, airport, library, theatre, cinema, swimming pool,
            town, gallery, flat, university, opera, hospital, school, stadium, neighbourhood, bridge,
            supermarket, factory, villa, capital""",
        "interesting": """museum, castle, town, gallery, village, region, aquarium, church, library, bookshop,
            palace, zoo, book, newspaper, letter, magazine, novel, poem, guidebook, article, short story, comic,
            message, concert, film, play, festival, exhibition, show, meeting, lesson, guided tour, journey,
            trip, walk, stay, abbey, neighbourhood, farm""",
        "impressive": """castle, church, cathedral, palace, bridge, tower, lighthouse, abbey, fortress, stadium,
            monastery, basilica, temple, opera, library, harbour""",
        "famous": """museum, castle, church, cathedral, market, tower, garden, palace, bridge, abbey, gallery, vineyard,
            opera, library, restaurant, bakery, café, hotel, village, town, square, street, university, theatre,
            stadium, zoo, lighthouse, region, harbour, bookshop, man, woman, painter, musician, writer, singer,
            actress, actor, cook, dancer, architect, photographer, artist, queen, king, doctor, baker""",
        "mysterious": """castle, house, garden, abbey, tower, palace, island, village, street, villa, monastery,
            chapel, temple, cemetery, letter, book, message, novel, poem, short story""",
        "high": "mountain, cliff, hill, waterfall, volcano, summit, dune, tower, wall",
        "deep": "lake, river, valley, forest, cave, gorge, pond, sea, bay",
        "blue": """lake, sea, river, bay, bag, umbrella, car, bicycle, boat, suitcase, towel, ball, kite, vase,
            plate, cup, bowl, hat, dress, jumper, coat, shirt, scarf, skirt, jacket, swimsuit, cap, glove, sock,
            tie, boat, blanket, pen, lamp, carpet, candle, notebook, tablecloth, train, bus, van, pillow,
            parasol, deckchair, trousers, shorts, jeans, suit, cardigan, backpack, toothbrush, plane, motorbike,
            scooter, canoe, kayak, teapot, blouse, pyjamas, slipper""",
        "green": """hill, valley, meadow, field, island, forest, bag, umbrella, car, bicycle, suitcase, towel,
            ball, kite, vase, plate, cup, hat, dress, jumper, coat, shirt, scarf, skirt, jacket, swimsuit, cap,
            boot, lamp, bowl, backpack, pen, pencil, candle, teapot, glove, sock, tie, tablecloth, notebook,
            parasol, blanket, cardigan, raincoat""",
        "wild": """beach, island, coast, valley, forest, river, horse, duck, goat, rabbit, cat, bird, goose,
            sheep, donkey, bee""",
        "long": """beach, river, valley, coast, gorge, dress, skirt, coat, scarf, jacket, sock, book, letter,
            novel, poem, message, article, newspaper, email, journey, walk, trip, stay, flight, crossing, night,
            weekend, evening, afternoon, film, play, concert, meeting, lesson, guided tour, show, street, bridge,
            short story""",
        "deserted": "beach, island, coast, valley, bay",
        "dark": "forest, cave, valley",
        "steep": "hill, path, coast, mountain, cliff",
        "wide": "river, valley, bay, field, meadow",
        "dangerous": "mountain, river, cliff, volcano, cave, journey, flight, crossing, trip, glacier",
        "frozen": "lake, pond, river",
        "rare": "flower, plant, orchid, rose, tulip, tree",
        "heavy": "bag, suitcase, backpack, basket, book, clock, mirror, computer, blanket",
        "light": """bag, suitcase, backpack, blanket, dress, jacket, coat, scarf, skirt, shirt, jumper, raincoat, shoe,
            computer""",
        "round": "mirror, basket, vase, clock, plate, carpet, candle, bowl, lamp",
        "useful": """map, bag, umbrella, camera, torch, knife, notebook, backpack, alarm clock, phone, pen,
            basket, blanket""",
        "golden": "ring, necklace, watch, key, bracelet, earring",
        "wet": "towel, umbrella, bag, blanket, map, pillow",
        "broken": """umbrella, watch, camera, phone, vase, plate, cup, toy, lamp, mirror, clock, bowl,
            alarm clock, teapot, music box""",
        "strange": """museum, castle, house, garden, tower, village, painting, vase, doll, statue, puppet, clock,
            drawing, book, letter, message, novel, poem, man, woman, tourist, bird, fish, plant, tree, flower,
            postcard, present, hat, photo, parcel, telegram, music box, toy, lizard, jellyfish""",
        "warm": "coat, jumper, scarf, jacket, glove, sock, dress, pyjamas, blanket, slipper, boot, cardigan",
        "thick": "jumper, coat, scarf, sock, cardigan",
        "ridiculous": "hat, cap, tie, shorts, swimsuit, trousers, pyjamas, jumper, dress",
        "rich": "man, woman, tourist, gentleman, lady, king, architect, doctor, actress, singer",
        "gentle": "dog, cat, horse, donkey, rabbit, lamb, elephant, cow",
        "fat": "cat, dog, pig, hen, goose, rabbit, duck, pigeon",
        "grey": """cat, horse, bird, donkey, rabbit, squirrel, goose, wolf, mouse, whale, parrot, pigeon, hat,
            coat, suit, scarf, jumper, trousers, skirt, tie, jacket, bag, suitcase, blanket, carpet, car, glove,
            sock, umbrella, backpack, cap, cardigan""",
        "brown": """dog, horse, cow, hen, bear, rabbit, cat, goat, hat, coat, suit, scarf, jumper, trousers, shoe, boot,
            bag, suitcase, blanket, belt, jacket, wallet, basket, purse, sandal, teddy bear, glove, vase, bowl,
            skirt, carpet""",
        "white": """dog, cat, horse, bird, cow, goat, sheep, rabbit, hen, swan, goose, mouse, parrot, peacock,
            boat, car, train, bus, van, rose, flower, tulip, orchid, hat, dress, shirt, skirt, shoe, sock,
            blouse, glove, vase, plate, cup, candle, towel, tablecloth, bowl, lamp, carpet, trousers, scarf,
            jacket, bag, parasol, sailing boat, teapot, cap, pillow, jumper""",
        "black": """dog, cat, horse, bird, cow, goat, sheep, rabbit, hen, swan, pig, bear, butterfly, hat, dress, coat,
            suit, tie, shoe, boot, bag, suitcase, umbrella, skirt, sock, belt, trousers, glove, jumper, car, wallet,
            phone, camera, backpack, pen, shirt, cap, jacket, sunglasses, bicycle, motorbike, lamp, vase, scooter,
            van""",
        "yellow": """bag, umbrella, car, bicycle, towel, ball, kite, vase, cup, hat, dress, jumper, raincoat,
            scarf, skirt, flower, rose, tulip, swimsuit, boot, candle, lamp, plate, bowl, cap, teapot, parasol,
            toothbrush, shirt, kayak, tie, blanket, pencil""",
        "red": """bag, umbrella, car, bicycle, towel, ball, kite, vase, cup, hat, dress, jumper, coat, scarf, skirt,
            flower, rose, tulip, swimsuit, boat, bus, train, shoe, cap, tie, candle, lamp, carpet, suitcase, plate,
            bowl, shirt, jacket, boot, glove, sock, notebook, pen, pencil, tram, van, motorbike, scooter,
            toothbrush, tablecloth, teapot, canoe, blanket, backpack, cardigan, wallet, purse, sandal, tent,
            trousers, belt, parasol, shorts, pyjamas, slipper""",
        "pink": """rose, flower, tulip, orchid, dress, hat, skirt, scarf, swimsuit, bag, towel, candle, shirt,
            blouse, cup, umbrella, glove, ball, suitcase, jumper, sandal, bicycle, pyjamas, teapot, toothbrush,
            kite""",
        "purple": "bag, umbrella, towel, candle, vase, kite, carpet, ball, suitcase, notebook, pen, bowl, lamp",
        "orange": "bag, towel, candle, kite, ball, umbrella, lamp, backpack, vase, bowl",
        "elegant": """dress, hat, suit, coat, shoe, tie, scarf, jacket, skirt, shirt, blouse, man, woman, lady,
            gentleman, actress, waiter, dancer, queen, actor, prince, princess, singer""",
        "Italian": """bread, cheese, ham, ice cream, chocolate, wine, coffee, salad, biscuit, pasta, cake, man, woman,
            tourist, waiter, waitress, painter, singer, actress, actor, musician, writer, student, cook, driver,
            doctor, guide, photographer, teacher, book, novel, newspaper, magazine, poem, dictionary, lemonade,
            beer""",
        "French": """bread, cheese, wine, chocolate, jam, honey, ham, pâté, butter, cider, biscuit, champagne,
            man, woman, tourist, waiter, waitress, painter, singer, actress, actor, musician, writer, student,
            cook, driver, doctor, teacher, guide, book, novel, newspaper, magazine, poem, dictionary,
            photographer, nurse""",
        "Spanish": """ham, cheese, orange, melon, wine, omelette, olive, tomato, chocolate, sausage, lemon, man, woman,
            tourist, waiter, waitress, painter, singer, actress, actor, musician, writer, student, cook, dancer,
            book, novel, newspaper, magazine, poem, guide""",
        "moving": "letter, book, novel, poem, short story, message, article",
        "sad": "letter, poem, message, photo, book, novel, film, play, short story, article, email",
        "funny": """postcard, letter, photo, message, email, poem, book, novel, comic, magazine, film, play, show,
            short story, dog, cat, bird, monkey, parrot, donkey, goat, hedgehog, duck, hen, seal, frog, man, woman,
            boy, girl, guide, waiter, actor, actress, cook, writer, fisherman, baker, driver, photographer, postman,
            musician, tourist, student, teacher, traveller""",
        "small": _SMALLER,
        "big": _SMALLER,
    }.items()
}
_EDIBLE = frozenset(noun.english for group in ("food", "snack", "fruit", "drink", "dish") for noun in NOUNS[group])
for _size in ("small", "big"):  # size is asked of food only in pieces, of anything else nearly always
    ALLOWED[_size] |= frozenset(noun.english for nouns_ in NOUNS.values() for noun in nouns_) - _EDIBLE
    ALLOWED[_size] -= {"town centre", "summit", "sea", "coast"}

# Verbs with a noun as object, and the groups of nouns they take.
ACTIONS = verbs(
    """eat = manger : food fruit snack snack fruit; drink = boire : drink
    buy = acheter : snack fruit kitchen food souvenir souvenir clothes thing buyable drink
    visit = visiter : sight sight town; see = voir : sight animal nature view person show
    take = prendre : vehicle thing; read = lire : reading; write = écrire : letters
    find = trouver : thing thing shop clothes lodging souvenir; lose = perdre : thing clothes
    photograph = photographier : sight animal nature view; admire = admirer : view view sight souvenir
    choose = choisir : souvenir clothes rentable reading; look for = chercher : shop thing lodging clothes
    rent = louer : rentable ride; order = commander : snack food drink; taste = goûter : food snack fruit drink
    prepare = préparer : dish meal; wait for = attendre : vehicle person; wear = porter : clothes
    discover = découvrir : town sight nature; cross = traverser : crossable; forget = oublier : thing clothes
    draw = dessiner : sight animal plant nature; paint = peindre : nature plant sight; feed = nourrir : animal
    carry = porter : carried; leave = quitter : left; explore = explorer : nature town; book = réserver : bookable
    watch = regarder : watchable animal show; meet = rencontrer : person; help = aider : person
    thank = remercier : person; invite = inviter : person; miss = rater : vehicle show; listen to = écouter : sound
    hear = entendre : sound; study = étudier : language; learn = apprendre : language
    sell = vendre : souvenir fruit; repair = réparer : ride repaired; wash = laver : clothes ride
    clean = nettoyer : part cleanable; open = ouvrir : openable; close = fermer : openable
    stroke = caresser : pet animal; follow = suivre : path person; share = partager : snack meal
    receive = recevoir : mail; send = envoyer : mail; post = poster : letters; pay for = payer : snack meal payable
    try on = essayer : clothes; break = casser : fragile; hide = cacher : souvenir hidden
    pick = cueillir : pickable; climb = gravir : climbable; collect = collectionner : collectable
    bring = apporter : snack souvenir drink; tidy = ranger : tidied; cut = couper : cuttable
    iron = repasser : clothes; recommend = recommander : recommended reading; keep = garder : souvenir mail
    borrow = emprunter : tool ride text; finish = finir : text meal work; decorate = décorer : decorable
    build = construire : buildable; peel = éplucher : peeled; drive = conduire : drivable; greet = saluer : person
    recognise = reconnaître : person; catch = attraper : catchable; translate = traduire : letters text"""
)
