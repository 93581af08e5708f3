"""Made-up stacks of articles and sentences, with what should come out of them, for claims_test.py. Every sentence is our own; places,
persons and outlets are made up."""

STACKS = {
    "brücke": [
        ("Fuldaufer", "2021-05-04T09:00:00+02:00", "Frachter rammt Brücke in Hainfurt",
         "Ein Frachter hat am Dienstag in Hainfurt die Brücke über die Warme gerammt. Die Bundesstraße 571 ist seit dem Morgen gesperrt. Den "
         "Schaden an der Brücke schätzt die Stadt auf zwei Millionen Euro. Das Unglück geschah gegen 5 Uhr.\n\nDer Steuermann schwebt in "
         "Lebensgefahr, teilte die Klinik mit. Er war gegen das Ruder geprallt. Am Ufer sammelten sich Angler und Rentner mit Hunden."),
        ("Warmetaler Zeitung", "2021-05-04T18:00:00+02:00", "Nach dem Aufprall",
         "Das Unglück an der Brücke in Hainfurt geschah um 6.20 Uhr, sagt ein Bäcker. Seine Backstube steht neben dem Pfeiler. Ob der "
         "Pfeiler hält, prüft ein Statiker. Taucher suchen den Anker. Im Rathaus brannte bis zum Abend Licht."),
        ("Hainfurter Kurier", "2021-05-06T08:00:00+02:00", "Brücke in Hainfurt wieder befahrbar",
         "Zwei Tage nach dem Unfall in Hainfurt ist die Bundesstraße 571 wieder frei. Ein Statiker gab am Mittwoch grünes Licht. Der "
         "Steuermann, den Taucher aus dem Wasser gezogen hatten, ist außer Lebensgefahr. Das bestätigte die Klinik.\n\nDie Reederei "
         "spricht von einem Schaden von drei Millionen Euro. Die Wasserstraße bleibt gesperrt. Kinder malten den Frachter mit Kreide."),
    ],
    "zug": [
        ("Heideblatt", "2023-03-07T08:30:00+01:00", "Zugunfall bei Uelzen: Fünf Verletzte",
         "Bei einem Zugunfall nahe Uelzen sind am Dienstagmorgen fünf Menschen verletzt worden. Das sagte Polizeisprecher Arne Holthaus "
         "dem Heideblatt. Eine Regionalbahn hatte auf einem Bahnübergang einen Traktor erfasst. Der Traktorfahrer kam ums Leben.\n\n"
         "Die Strecke nach Lüneburg ist gesperrt. Im Zug saßen vor allem Schüler, viele warteten am Vormittag in einer Gaststätte auf Busse. "
         "Ein Notfallseelsorger kümmerte sich um sie. Am Bahnübergang fehlte nach Auskunft von Nachbarn seit Wochen ein Blinklicht."),
        ("Ilmenau-Kurier", "2023-03-07T17:45:00+01:00", "Regionalbahn rammt Traktor",
         "Der Landwirt hatte keine Chance. Als die Regionalbahn am Dienstag kurz vor Uelzen seinen Traktor traf, starb er noch auf dem "
         "Übergang. Die Zahl der Verletzten ist inzwischen auf acht gestiegen, wie Holthaus, der Sprecher der Polizei, am Nachmittag "
         "mitteilte.\n\nAnders klang es beim Roten Kreuz: „Wir haben zwölf Verletzte versorgt“, sagte Kreisbereitschaftsleiterin Inken "
         "Prahl. Warum die Angaben auseinandergehen, war zunächst unklar. Der Schaden an der Bahn ist hoch. Ein Kran soll den Traktor "
         "heben. Die Ermittler wollen den Fahrtenschreiber auslesen."),
        ("Börde-Bote", "2023-03-08T10:00:00+01:00", "Zugunfall bei Uelzen: Polizei zählt elf Verletzte",
         "Einen Tag nach dem Zugunfall auf dem Bahnübergang bei Uelzen fahren zwischen Uelzen und Lüneburg wieder Regionalbahnen. Die "
         "Polizei spricht nun von elf Verletzten. Der Mann am Steuer des Traktors war sofort tot.\n\nDie Bahn prüft, ob der Übergang "
         "eine Schranke bekommt. Anwohner fordern das schon lange. Im Dorf läuteten am Abend die Glocken. Der Verstorbene bewirtschaftete "
         "einen Hof in der Nähe, er hinterlässt eine Familie."),
    ],
    "streik": [
        ("Rheinlotse", "2022-05-19T12:10:00+02:00", "Warnstreik legt Flughafen lahm",
         "Am Flughafen Köln/Bonn sind am Donnerstag wegen eines Warnstreiks 146 Flüge gestrichen worden. Das teilte die Betreibergesellschaft "
         "mit. An dem Ausstand beteiligten sich nach Angaben der Gewerkschaft 4000 Beschäftigte.\n\nVor den Schaltern bildeten sich lange "
         "Schlangen. „Wir lassen uns nicht vertrösten“, rief Verhandlungsführerin Beate Sommerkorn. Sie fordert zwölf Prozent mehr Lohn. "
         "Der Streik soll bis Mitternacht dauern."),
        ("Siebengebirgs-Echo", "2022-05-19T18:30:00+02:00", "Tausende streiken für mehr Geld",
         "Wer am Donnerstag von Köln/Bonn abheben wollte, hatte meist Pech: 146 Flüge fielen aus, sagte ein Sprecher des Airports. Der "
         "Arbeitgeberverband sprach von 2500 Beschäftigten, die die Arbeit niedergelegt hätten.\n\nDie Gewerkschaft verlangt zwölf Prozent "
         "mehr Lohn. Ein Angebot über fünf Prozent hatte sie abgelehnt. Auf dem Vorplatz gab es Kaffee und Musik."),
        ("Bergische Presse", "2022-05-19", "Koffer, Kinder, Klappstühle",
         "Familie Adler wollte nach Kreta. Nun sitzt sie auf Klappstühlen in der Halle und isst Brötchen. Schuld ist der Warnstreik, der "
         "den Flughafen Köln/Bonn am Donnerstag lahmlegte. Neben ihr schläft ein Student auf seinem Rucksack. Vielleicht geht am Freitag "
         "eine Maschine, vielleicht auch nicht. Die Adlers nehmen es mit Humor, die Kleine hat gerade Sandkuchen aus Keksen gebaut."),
    ],
    "storm": [
        ("Harbour Post", "2021-11-27T09:00:00+00:00", "Storm batters the coast of Northumberland",
         "Two people have died after a storm hit the coast of Northumberland overnight, police said. About 12,000 homes were without power on Saturday "
         "morning, according to the network operator. Gusts reached 98 miles per hour at Brizlee Wood.\n\nTrees blocked the road to "
         "Alnwick. A bakery gave away bread by candlelight. The school hall was opened for those whose roofs had gone.", "en"),
        ("Tyne Messenger", "2021-11-27T20:15:00+00:00", "Thousands still in the dark",
         "Winds of 98 miles per hour tore roofs off houses in Northumberland, the weather service said. The operator now puts the number of homes without power at "
         "20,000. Crews worked through the day, a spokeswoman said.\n\nIn Seahouses the lifeboat broke loose. Fishermen tied it up with "
         "tractor ropes. Council leader Owen Harbottle called it the worst night in thirty years.", "en"),
        ("Border Gazette", "2021-11-27T23:40:00+00:00", "Storm on the coast of Northumberland: a third death",
         "The death toll from the storm that hit the coast of Northumberland overnight has risen to three, police said on Saturday night. Thousands of homes are still without power. A man was found under a fallen beech near "
         "Rothbury. Schools will stay shut until Tuesday.\n\nFarmers counted their losses. Many sheep were buried in drifts on the "
         "Cheviots. Soldiers brought gas stoves and blankets to the villages.", "en"),
    ],
    "wahl": [
        ("Weserspiegel", "2024-09-22T22:40:00+02:00", "Liste Moor gewinnt in Hollerstedt",
         "Bei der Kommunalwahl in Hollerstedt hat die Liste Moor am Sonntag 34,2 Prozent der Stimmen geholt. Das geht aus dem vorläufigen "
         "Ergebnis hervor, das der Wahlleiter veröffentlichte. Die Wahlbeteiligung lag bei 61 Prozent, sagte Wahlleiter Gernot Priebe.\n\n"
         "Bürgermeisterin Elke Tamm verlor ihr Amt. Sie gratulierte am Abend ihrem Nachfolger. In der Schützenhalle floss Freibier."),
        ("Geestland-Anzeiger", "2024-09-23T06:00:00+02:00", "Machtwechsel im Rathaus von Hollerstedt",
         "Die Liste Moor ist die Siegerin der Kommunalwahl in Hollerstedt. Sie kam auf 34,2 Prozent der Stimmen. Das Institut Wahlblick, das vor den Lokalen "
         "zählte, gibt die Wahlbeteiligung mit 64 Prozent an.\n\nTamm, seit elf Jahren im Amt, räumte ihre Niederlage ein. „Das Volk hat "
         "gesprochen“, sagte sie. Ihr Nachfolger Henner Lübbe will zuerst das Freibad retten."),
    ],
    "summit": [
        ("Lake Herald", "2019-06-14T21:00:00+02:00", "Leaders meet in Lugano",
         "The prime ministers of Denmark and Portugal met in Lugano on Friday. The meeting lasted three hours and 10 minutes, a Danish official said. Talks had been "
         "scheduled for 90 minutes. Prime Minister Inger Dalsgaard called the meeting useful.\n\nBoth sides agreed to reopen the "
         "consulate in Porto. Outside, some 200 people protested against the fishing treaty. Swans blocked the motorcade for a while.", "en"),
        ("Porto Chronicle", "2019-06-14T23:30:00+02:00", "Long talks by the lake",
         "It was late when the doors opened. The meeting of the two prime ministers in Lugano lasted three hours and 40 minutes, according to the Portuguese delegation. "
         "Ninety minutes had been planned.\n\nThe consulate in Porto is to reopen, both governments said. Police counted 350 demonstrators. "
         "Prime Minister Rui Valadares hummed a song on his way to the car.", "en"),
    ],
}

STACKS["korrektur"] = [
    ("Inselblatt", "2023-05-02T09:00:00+02:00", "Fähre läuft vor Juist auf Grund",
     "Vor Juist ist am Dienstag eine Fähre auf Grund gelaufen. Dabei wurden 14 Menschen verletzt. Die Reederei Frisia Nord erklärte, ein "
     "Seezeichen habe gefehlt. Ein Schlepper war am Vormittag unterwegs. Die Passagiere warteten an Deck, es gab Tee und Zwieback."),
    ("Küstenruf", "2023-05-02T12:00:00+02:00", "Fähre sitzt vor Juist fest",
     "Die Fähre, die am Dienstag vor Juist auf Grund lief, sitzt weiter fest. Die Reederei Frisia Nord macht ein fehlendes Seezeichen "
     "verantwortlich: Es habe in der Nacht gefehlt, teilte Frisia Nord mit. Das Hochwasser kommt gegen Abend. Kinder spielten Karten."),
    ("Inselblatt", "2023-05-03T09:00:00+02:00", "Fähre vor Juist wieder frei",
     "Die vor Juist auf Grund gelaufene Fähre ist wieder frei. Korrektur: Wir hatten am Dienstag irrtümlich von 14 Verletzten "
     "berichtet. Frisia Nord nahm ihre Angabe zurück, das Seezeichen habe gefehlt. Der Fährverkehr rollt. Ein Gutachter prüft den Rumpf."),
]

STACKS["molkerei"] = [
    ("Devon Lantern", "2022-08-05T09:00:00+01:00", "Two die after eating cheese",
     "Two people have died in a listeria outbreak linked to cheese from Okehampton, the Food Safety Board said on Friday. The outbreak has spread to Exeter. "
     "Many people in Okehampton buy their cheese at the dairy. The dairy stopped its machines.", "en"),
    ("Exmoor Post", "2022-08-05T12:00:00+01:00", "Dairy shut after listeria outbreak",
     "A dairy in Okehampton has been shut after a listeria outbreak. People queued at the gate to give back their cheese. Two people have died in the "
     "outbreak, according to the Food Safety Board. A goat looked on.", "en"),
    ("Tavy Herald", "2022-08-06T10:00:00+01:00", "Board takes back word of a second death",
     "The Food Safety Board has withdrawn its statement that two people had died in the cheese listeria outbreak. One of the two people died of other "
     "causes, it said on Saturday. The dairy in Okehampton stays shut.", "en"),
]

STACKS["maut"] = [
    ("Torblick", "2023-09-16T20:00:00+02:00", "Protest gegen die Maut in Hainfurt",
     "In Hainfurt ist am Samstag gegen die neue Maut demonstriert worden. Die Polizei zählte auf dem Domplatz 3000 Demonstranten. Die Gewerkschaft "
     "nannte eine andere Zahl: 5000 Menschen hätten sich beteiligt, sagte Bezirksleiterin Inken Prahl. Es gab Erbsensuppe."),
    ("Warmetaler Zeitung", "2023-09-17T09:00:00+02:00", "Laut, bunt, friedlich",
     "Die Demonstration gegen die neue Maut in Hainfurt blieb am Samstag friedlich. Vor der Bühne auf dem Domplatz tanzten Kinder. Ein Pfarrer segnete "
     "Fahrräder, zwei Hunde stritten um eine Wurst."),
]

# Figures that are of two things: nothing in these stacks contradicts anything.
APART = {
    "orkan": [
        ("Harzer Lokalblatt", "2020-02-10T11:00:00+01:00", "Orkan über dem Harz: 152 Kilometer pro Stunde",
         "Der Orkan Runa hat am Montag im Harz Böen von bis zu 152 Kilometern pro Stunde gebracht. Das teilte der Wetterdienst mit. In "
         "Goslar stürzte ein Kran um. Schulen blieben geschlossen, viele Kinder bauten zu Hause Höhlen aus Decken.\n\nIn Goslar beziffert "
         "die Stadt den Schaden auf drei Millionen Euro. Ein Waldbesitzer weinte vor seinen umgelegten Fichten."),
        ("Küstenblick", "2020-02-10T18:00:00+01:00", "Orkan Runa tobt an der Küste",
         "Der Orkan Runa hat am Montag auch die Küste getroffen, mit bis zu 171 Kilometern pro Stunde. Auf Spiekeroog riss er Dächer ab. "
         "Der Fährverkehr ruhte.\n\nIn Emden schätzt die Stadt den Schaden auf zwei Millionen Euro. Am Deich standen Schaulustige, bis "
         "die Polizei sie fortschickte."),
        ("Norddeutsche Rundschau am Abend", "2020-02-10T21:00:00+01:00", "Ein Sturm, zwei Spitzen",
         "152 Kilometer pro Stunde im Harz, 171 an der See: Der Orkan Runa hat am Montag halb Niedersachsen lahmgelegt. Züge fielen aus. "
         "Die Versicherer rechnen im ganzen Land mit 300 Millionen Euro.\n\nWer konnte, blieb daheim. In Oldenburg sang ein Chor vor "
         "leeren Bänken."),
    ],
    "gebot": [
        ("Börsenlotse", "2023-11-06T09:00:00+01:00", "Talwerk will Kranich Pumpen schlucken",
         "Der Maschinenbauer Talwerk bietet für Kranich Pumpen 41,50 Euro je Aktie, insgesamt 830 Millionen Euro. Das teilte Talwerk am "
         "Montag mit. Die Aktie von Kranich Pumpen schloss bei 39,20 Euro.\n\nIm Werk in Fulda hing am Tor ein Plakat: Wir bleiben."),
        ("Main-Wirtschaft", "2023-11-06T19:00:00+01:00", "Übernahme in Fulda",
         "Talwerk will Kranich Pumpen für 830 Millionen Euro kaufen. Die Aktie von Kranich Pumpen schloss am Montag bei 39,20 Euro, das "
         "Gebot lautet auf 41,50 Euro. Der Betriebsrat fordert eine Garantie für die 1900 Arbeitsplätze.\n\nDie Gründerenkelin schweigt."),
    ],
}

# What nobody else says: none of these may stand in a confirmed claim together.
UNCONFIRMED = {
    "besuch": ([
        ("Ostufer", "2022-03-02T09:00:00+01:00", "Ministerin in Torfmoor",
         "Umweltministerin Hedda Krull will am Nachmittag das Torfmoor bei Sandrup besuchen. Dort brennt es seit Montag. Das teilte das "
         "Ministerium in Sandrup mit. Ein Imker brachte seine Völker fort."),
        ("Moorpost", "2022-03-02T19:00:00+01:00", "Ministerin im Moor",
         "Umweltministerin Hedda Krull hat am Nachmittag das Torfmoor bei Sandrup besucht. Ihre Stiefel waren neu. Das teilte das Ministerium "
         "in Sandrup am Abend mit. Die Bäuerinnen reichten Kuchen."),
     ], [r"will am Nachmittag", r"hat am Nachmittag"]),
    "flut": ([
        ("Ahrtaler Bote", "2022-08-04T09:00:00+02:00", "Hochwasser an der Eller: mindestens zwei Tote",
         "Das Hochwasser der Eller hat in der Nacht zum Donnerstag mindestens zwei Menschen das Leben gekostet. In Kirchweiler trug der Fluss "
         "einen Gasthof fort. Ein Bagger räumte Schlamm von der Hauptstraße, Kinder halfen mit Eimern."),
        ("Eifel-Anzeiger", "2022-08-04T12:00:00+02:00", "Eller tritt über die Ufer",
         "Ein Wehr an der Eller ist gebrochen. In Kirchweiler kamen mindestens drei Menschen ums Leben. In der Turnhalle von Kirchweiler gab "
         "es Suppe. Ein Landwirt brachte seine Kühe auf den Berg, eine blieb stehen und sah zu."),
        ("Moselblick", "2022-08-04T20:00:00+02:00", "Fünf Tote an der Eller",
         "Das Wasser der Eller sinkt. Insgesamt starben in Kirchweiler fünf Menschen. Die Feuerwehr suchte bis zum Abend. Auf dem Friedhof stand das Wasser "
         "knietief. Der Pfarrer läutete die Glocke von Hand, weil der Strom fehlte."),
     ], [r"mindestens zwei", r"mindestens drei", r"fünf Menschen|Fünf Tote"]),
    # A body's release, and an interview with its head, are one voice.
    "stellwerk": ([
        ("Talwerk AG", "2022-11-09T10:00:00+01:00", "Talwerk bündelt die Fertigung in Hainfurt",
         "Pressemitteilung der Talwerk AG\n\nDie Talwerk AG schließt die Gießerei in Sandrup zum 30. Juni. Das hat der Aufsichtsrat am Dienstag beschlossen. "
         "In Sandrup arbeiten 310 Menschen. Für sie soll ein Sozialplan gelten. Gegossen wird künftig in Hainfurt."),
        ("Heideblatt", "2022-11-09T18:00:00+01:00", "Aus für die Gießerei",
         "Am Tor der Gießerei in Sandrup stand am Abend ein Fass mit Feuer. Talwerk will das Haus schließen. Wer hier lernt, hat einen Vertrag bis "
         "zum Herbst. Die Bürgermeisterin brachte Tee, ein Lehrling weinte. Am Himmel zogen Kraniche."),
        ("Börsenlotse", "2022-11-12T06:00:00+01:00", "„Es gab keine Wahl“",
         "Talwerk-Chef Arno Krull über die Gießerei in Sandrup\n\nHerr Krull, warum schließen Sie die Gießerei in Sandrup?\n\nSie macht Verlust. Das Gas ist "
         "zu teuer.\n\nWer hat das entschieden?\n\nDer Aufsichtsrat hat am Dienstag entschieden. In Sandrup arbeiten 310 Menschen.\n\nUnd wann ist "
         "Schluss?\n\nDie Gießerei in Sandrup schließt zum 30. Juni."),
     ], [r"Aufsichtsrat am Dienstag beschlossen|arbeiten 310 Menschen\. Für|zum 30\. Juni\. Das", r"Aufsichtsrat hat am Dienstag|arbeiten 310 Menschen\.$|schließt zum 30"]),
}

# Verdict, what statements of the claim must match (each pattern one), and a difference (relation, values) or None.
PLANTED = {
    "brücke": [
        ("superseded", ["571 ist seit dem Morgen gesperrt", "571 wieder frei"], ("superseded", "gesperrt", "wieder frei")),
        ("superseded", ["schwebt in Lebensgefahr", "außer Lebensgefahr"], ("superseded", "in Lebensgefahr", "außer Lebensgefahr")),
    ],
    "korrektur": [
        ("withdrawn", ["14 Menschen verletzt", "irrtümlich von 14"], None),
        ("withdrawn", ["Seezeichen habe gefehlt|in der Nacht gefehlt", "nahm ihre Angabe zurück"], None),
    ],
    "maut": [
        ("contradicted", ["zählte auf dem Domplatz 3000", "5000 Menschen hätten"], ("different", "3000", "5000")),
    ],
    "molkerei": [
        ("withdrawn", ["Two people have died in a listeria", "has withdrawn its statement"], None),
    ],
    "zug": [
        ("superseded", ["fünf Menschen verletzt", "acht gestiegen", "elf Verletzten"], ("superseded", "5", "8")),
        ("superseded", ["fünf Menschen verletzt", "elf Verletzten"], ("superseded", "5", "11")),
        ("contradicted", ["acht gestiegen", "zwölf Verletzte versorgt"], ("different", "8", "12")),
    ],
    "streik": [
        (None, ["146 Flüge gestrichen", "146 Flüge fielen aus"], None),
        ("contradicted", ["4000 Beschäftigte", "2500 Beschäftigten"], ("different", "4000", "2500")),
        (None, ["zwölf Prozent mehr Lohn", "verlangt zwölf Prozent"], None),
    ],
    "storm": [
        ("superseded", ["Two people have died", "risen to three"], ("superseded", "2", "3")),
        ("superseded", ["12,000 homes", "20,000"], ("superseded", "12000", "20000")),
        (None, ["Gusts reached 98", "Winds of 98"], None),
    ],
    "wahl": [
        (None, ["34,2 Prozent der Stimmen geholt", "kam auf 34,2 Prozent"], None),
        ("contradicted", ["lag bei 61 Prozent", "mit 64 Prozent"], ("different", "61", "64")),
    ],
    "summit": [
        ("contradicted", ["three hours and 10", "three hours and 40"], ("different", "PT3H10M", "PT3H40M")),
        (None, ["scheduled for 90", "Ninety minutes"], None),
        (None, ["reopen the consulate", "consulate in Porto is to reopen"], None),
    ],
}

# language, sentence, origin, the media that pass it on. In brackets: no voice of its own (kind anonymous).
SOURCES = [
    ("de", "Wie die Agentur Reuters unter Berufung auf das Verkehrsministerium berichtet, sank im Hafen von Lindau ein Kutter.",
     "Verkehrsministerium", ["Reuters"]),
    ("de", "Die Zeitung Die Zeit berichtet unter Berufung auf die Staatsanwaltschaft, dass 14 Akten aus dem Archiv fehlen.",
     "Staatsanwaltschaft", ["Die Zeit"]),
    ("de", "Der Spiegel berichtete unter Berufung auf Ministerin Karla Wendt, die Brücke werde im Oktober gesprengt.", "Karla Wendt", ["Der Spiegel"]),
    ("de", "Die Fähre fährt ab Montag wieder, meldete die Agentur Interfax unter Berufung auf Matrosen.", "[Matrosen]", ["Interfax"]),
    ("de", "Unter Berufung auf Sicherheitskreise berichtet die Süddeutsche Zeitung, dass drei Boote beschlagnahmt wurden.",
     "[Sicherheitskreise]", ["Süddeutsche Zeitung"]),
    ("de", "Das ZDF beruft sich auf das Innenministerium, wonach 200 Pässe gefälscht waren.", "Innenministerium", ["ZDF"]),
    ("de", "Der Turm wurde am Dienstag geräumt, wie die dpa unter Berufung auf die Polizei meldete.", "Polizei", ["dpa"]),
    ("de", "Die Diebe erbeuteten 40 Uhren, teilte die Polizei der Deutschen Presse-Agentur mit.", "Polizei", ["dpa"]),
    ("de", "„Der Deich hält noch zwei Tage“, sagte Ministerin Karla Wendt dem Spiegel.", "Karla Wendt", ["Der Spiegel"]),
    ("de", "Nach Informationen der Bild-Zeitung verliert der Verein 12 Spieler.", "Bild", []),
    ("de", "Laut Bild kostet das neue Stadion 80 Millionen Euro.", "Bild", []),
    ("de", "Laut „Bild“ wurde der Trainer am Freitag entlassen.", "Bild", []),
    ("de", "Wie die „Bild“-Zeitung berichtet, wurde der Torwart in Bremen operiert.", "Bild", []),
    ("de", "Einem Bericht des Spiegels zufolge schloss die Bank neun Filialen.", "Der Spiegel", []),
    ("de", "Wie das Lokalblatt Seebote berichtet, brannte in Wangen eine Scheune.", "Seebote", []),
    ("de", "Wie eine Zeitung berichtet, brannte in Isny ein Sägewerk.", "[Zeitung]", []),
    ("de", "Medienberichten zufolge wurden in Kempten neun Kräne geprüft.", "[Medienberichten]", []),
    ("de", "Nach Angaben der Polizei wurden in Füssen elf Fahrräder gestohlen.", "Polizei", []),
    ("de", "Laut einem Gutachten des Ministeriums bröckelt die Staumauer an vier Stellen.", "Gutachten", []),
    ("en", "Reuters reported, citing the transport ministry, that a trawler had sunk in the port of Lindau.", "ministry", ["Reuters"]),
    ("en", "Fourteen files are missing from the archive, the BBC reported, citing police.", "police", ["BBC"]),
    ("en", "The ferry will sail again on Monday, the Interfax news agency reported, citing sailors.", "[sailors]", ["Interfax"]),
    ("en", "Citing minister Karla Wendt, the Guardian reported that the bridge would be blown up in October.", "Karla Wendt", ["Guardian"]),
    ("en", "The thieves took 40 watches, police told Reuters.", "police", ["Reuters"]),
    ("en", "“The dam will hold for two days,” minister Karla Wendt told the BBC.", "Karla Wendt", ["BBC"]),
    ("en", "According to the Bild newspaper, the new stadium costs 80 million euros.", "Bild", []),
    ("en", "According to a report in the Guardian, the bank closed nine branches.", "Guardian", []),
    ("en", "According to the daily Seebote, a barn burned down in Wangen.", "Seebote", []),
    ("en", "Media reports said a crane had fallen in Kempten.", "[Media]", []),
    ("en", "According to police, eleven bicycles were stolen in Fuessen.", "police", []),
    ("en", "The hackers wanted two million dollars, two hospital sources said.", "[sources]", []),
    ("de", "Nach Polizeiangaben wurden in Kempten zwei Boote gestohlen.", "Polizei", []),
    ("de", "Nach Angaben des Wahlamts kam Karla Wendt auf 43 Prozent.", "Wahlamt", []),
    ("de", "Wie aus Delegationskreisen verlautete, dauerte das Essen 80 Minuten.", "[Delegationskreisen]", []),
]
