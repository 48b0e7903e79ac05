"""Italian words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="it",
    common="il lo la gli le di che e in un una per con del della non come è",
    contents="indice|sommario|contenuti",
    boilerplate=(
        "contribu(?:ire|ti|zioni|tori)(?: .*)?|come contribuire.*|ringraziamenti|grazie|crediti|"
        "riconoscimenti|autor(?:e|i|ice)|squadra|sponsor|supporto|codice di condotta|contatti|avvertenze|"
        "domande frequenti|traduzioni|chi (?:sono|siamo)|comunità|seguimi.*|"
        "perché (?:usare|questo|questa).*|come usare.*|a chi .*|novità|donazioni|conclusioni?"
    ),
    about="informazioni su.*|riepilogo|motivazione|note?|premessa",
    intro="introduzione|descrizione|panoramica",
    greeting="certo|certamente|ecco|volentieri|perfetto|ottimo|va bene|di seguito|con piacere|assolutamente",
    plan="tabella di marcia|piano(?: di studio)?|guida|percorso|programma",
    offer=(
        "vuoi che|ti piacerebbe|vorresti|desideri|se (?:vuoi|preferisci|ti serve)|"
        "posso (?:anche|aiutarti|creare)|fammi sapere|dimmi"
    ),
    farewell="buono studio|buona fortuna|in bocca al lupo|buon (?:apprendimento|lavoro|divertimento|coding)",
    hour="or[ae]|h",
    minute=r"minut[oi]|min\.?",
    day="giorn[oi]",
    week="settiman[ae]",
    month="mes[ei]",
    per="a|alla|al|per|ogni",
    weekdays=(
        r"lun(?:edì)?\.?|mar(?:tedì)?\.?|mer(?:coledì)?\.?|gio(?:vedì)?\.?|ven(?:erdì)?\.?|sab(?:ato)?\.?|"
        r"dom(?:enica)?\.?|fine settimana"
    ),
    duration="durata(?: totale)?|tempo(?: stimato| totale)?|ore",
    effort="impegno|carico|ore (?:a|alla|per) settimana",
    needs="prerequisiti|requisiti|conoscenze richieste",
    optional="opzionale|facoltativo",
    namely="cioè|ad esempio|per esempio|tra cui",
    project="(?:mini-?)?progetto(?: finale)?",
    projects="progetti",
    questions="domande",
    resources="risorse|riferimenti|libri|corsi|link",
    sources="fonti|riferimenti",
    goal="obiettiv[oi]|scopo",
    topic="argoment[oi]|tem[ai]|corso|compito|lezione|titolo|focus",
    content="contenut[oi]|attività",
    done="fatto|completato|stato",
    link="link|collegamenti|risorse",
    due="scadenza|data|consegna|entro",
    start="(?:data di )?inizio",
    deprecated="obsoleto|deprecato|superato",
    tips=(
        "(?:consigli|suggerimenti|tips|strategi[ae])(?: (?:per|di) (?:il successo|successo|studiare|"
        "imparare|(?:lo )?studio|apprendimento).*| finali| generali| utili)?"
    ),
    outcomes="risultati (?:attesi|di apprendimento)|alla fine.*|criteri di successo|metriche di successo",
    fact="informazione|dato|campo|proprietà|attributo|parametro",
    value="dettagli[o]?|valore",
)
