"""Polish words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="pl",
    common="i w na nie się z do jest to że dla jak lub oraz po",
    contents="spis treści",
    boilerplate=(
        "(?:jak )?(?:współtworzyć|wspomóc|pomóc).*|współpraca|wkład|współtwórcy|podziękowania|"
        "dziękuj[eę].*|autor(?:zy|ka)?|zespół|sponsorzy|wsparcie|wesprzyj.*|kodeks postępowania|kontakt|"
        r"zastrzeżenia|najczęstsze pytania|tłumaczenia|o (?:mnie|nas)|społeczność|dlaczego .*\?|"
        "jak korzystać.*|dla kogo.*|nowości"
    ),
    about="o (?:projekcie|kursie|repozytorium)|motywacja|uwag[ai]|notatki",
    intro="wprowadzenie|wstęp|opis|przegląd|o .*",
    greeting="jasne|oczywiście|oto|pewnie|świetnie|z przyjemnością|proszę bardzo|poniżej",
    plan="plan(?: nauki)?|mapa drogowa|harmonogram|przewodnik|ścieżka|program",
    offer=(
        "czy (?:chcesz|chciał(?:a)?byś|mam)|chcesz|mogę (?:też|także|pomóc|przygotować)|"
        "jeśli (?:chcesz|potrzebujesz|wolisz)|daj (?:mi )?znać|powiedz"
    ),
    farewell="powodzenia|miłej nauki|owocnej nauki|do dzieła",
    hour=r"godzin[ay]?|godz\.?",
    minute=r"minut[ay]?|min\.?",
    day="dni|dzień",
    week="tydzień|tygodni(?:e|a)?",
    month="miesi[ąa]c[ea]?|miesięcy",
    per="na|w|tygodniowo",
    weekdays=(
        r"pon(?:iedziałek)?\.?|wt(?:orek)?\.?|śr(?:oda)?\.?|czw(?:artek)?\.?|pt|pi[aą]t(?:ek)?\.?|"
        r"sob(?:ota)?\.?|niedz(?:iela)?\.?|weekend"
    ),
    duration="czas(?: trwania)?|długość|godziny",
    effort="nakład(?: pracy)?|godzin tygodniowo",
    needs="wymagania(?: wstępne)?|wymagana wiedza",
    optional="opcjonalnie|opcjonalne|nieobowiązkowe",
    namely=r"mianowicie|na przykład|np\.|takie jak|w tym",
    project="(?:mini-?)?projekt(?: końcowy)?",
    projects="projekty",
    questions="pytania",
    resources="zasoby|materiały|książki|kursy|linki|źródła",
    sources="źródła|przypisy",
    goal="cele?|fokus",
    topic="temat(?:y)?|kurs|zadani[ea]|lekcja|tytuł|zagadnieni[ea]",
    content="treść",
    done="zrobione|status|ukończone",
    link="linki?|materiały|zasoby",
    due="termin|data|do",
    start="(?:data )?rozpoczęci[ae]|start|początek",
    deprecated="przestarzał(?:y|a|e)|nieaktualn(?:y|a|e)",
    tips=(
        "(?:ogólne |ważne |dodatkowe |przydatne )?(?:wskazówki|porady|rady)(?: (?:dla|do|na) .*)?|"
        "strategia nauki|zasady nauki"
    ),
    outcomes="oczekiwane (?:rezultaty|wyniki|efekty)|efekty (?:nauki|kształcenia|uczenia się)|kryteria sukcesu",
    fact="informacja|parametr|pole|właściwość",
    value="wartość|szczegóły|opis",
)
