"""German words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="de",
    common="der die das und ist nicht ein eine mit für auf zu den im von wie",
    contents="inhalt(?:sverzeichnis)?|übersicht der inhalte",
    boilerplate=(
        "mitwirken(?:de)?|mitmachen|beitragen|beiträge|mitarbeit(?:en)?|danksagung(?:en)?|danke?|dank an|"
        "autor(?:en|in|innen)?|team|sponsoren|unterstützung|unterstützen|kontakt|haftungsausschluss|"
        "verhaltenskodex|häufige fragen|übersetzungen|änderungen|über (?:mich|uns)|folge mir.*|"
        r"warum .*\?|für wen .*|aktueller stand.*|(?:be)?nutzung(?: dieser .*)?|verwendung(?: dieser .*)?|anpassungshinweise.*|so nutzt du .*|fazit"
    ),
    about="über (?:dieses|das|den|diese).*|hinweise?|motivation|vorwort|zusammenfassung|anmerkung(?:en)?",
    intro="einleitung|einführung in (?:dieses|das) .*|übersicht|überblick|über .*",
    greeting=(
        r"natürlich|klar\b|gerne|hier (?:ist|sind|kommt)|na klar|selbstverständlich|super|prima|perfekt|"
        "sehr gerne|unten (?:findest|siehst) du"
    ),
    plan="fahrplan|lernplan|plan|leitfaden|lernpfad|wochenplan|übersicht|studienplan",
    offer=(
        "möchte(?:st|n) (?:du|sie)|soll ich|wenn du (?:möchtest|willst|magst)|falls du|"
        "ich kann (?:dir|ihnen|auch|gerne)|sag (?:mir )?(?:einfach )?bescheid|"
        "lass(?:e)? (?:es )?mich wissen|gern(?:e)? (?:kann|erstelle) ich|willst du"
    ),
    farewell="viel (?:erfolg|spaß|glück)|frohes lernen|gutes gelingen|los geht['’]?s",
    hour=r"stunden?|std\.?",
    minute=r"minuten?|min\.?",
    day="tage?n?",
    week="wochen?",
    month="monate?n?",
    per="pro|je|in der|die",
    weekdays=(
        "mo(?:ntag)?|di(?:enstag)?|mi(?:ttwoch)?|do(?:nnerstag)?|fr(?:eitag)?|sa(?:mstag)?|so(?:nntag)?|wochenende"
    ),
    duration="(?:gesamt)?dauer|zeit(?:aufwand|bedarf|rahmen)?|(?:empfohlene )?lernzeit|stunden|geschätzte zeit|umfang",
    effort="aufwand|wochenstunden|stunden (?:pro|je) woche",
    needs="voraussetzung(?:en)?|vorkenntnisse|benötigt|baut auf",
    optional="optional|freiwillig",
    namely=r"nämlich|zum Beispiel|z\. ?B\.|wie folgt",
    project="(?:mini-?|abschluss-?)?projekt",
    projects="projekte",
    questions="fragen",
    resources="ressourcen|quellen|materialien|literatur|bücher",
    sources="quellen|quellenangaben",
    goal="(?:lern)?ziele?|fokus|schwerpunkt",
    topic="thema|themen|kurs|aufgabe|lektion|titel|schwerpunkt|fokus",
    content="inhalte?|aktivität(?:en)?",
    done="erledigt|fertig|status",
    link="links?|ressourcen?|material",
    due="fällig(?: am)?|bis|termin|abgabe|datum",
    start="start(?:datum|termin)?|beginn",
    deprecated="veraltet|überholt|nicht mehr (?:nötig|verfügbar|empfohlen)",
    tips=(
        "(?:lern|studien|abschließende |allgemeine |wichtige |zusätzliche )?tipps?(?: (?:für|zum|"
        "zur) .*)?|(?:lern|erfolgs)(?:strategien?|methoden|philosophie|prinzipien|routinen?)|ratschläge"
    ),
    outcomes="erwartete ergebnisse|lernergebnisse|erfolgskriterien|am ende (?:kannst|wirst|hast) du.*",
    fact="information|info|angabe|eigenschaft|feld|merkmal|parameter",
    value="details?|wert|angaben?",
)
