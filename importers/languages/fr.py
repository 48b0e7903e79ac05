"""French words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="fr",
    common="le la les des de que et en un une pour avec par du est dans vous",
    contents="sommaire|table des matières",
    boilerplate=(
        "contribu(?:er|tions?|teurs?)(?: .*)?|comment contribuer.*|participer|remerciements?|merci|"
        "crédits?|auteur(?:s|e|es)?|équipe|sponsors|soutien|soutenir(?: .*)?|code de conduite|"
        "contact(?:ez-nous)?|avertissement|foire aux questions|traductions?|"
        "à propos (?:de moi|de nous|de l['’]auteur)|communauté|suivez-moi.*|"
        "pourquoi (?:utiliser|suivre|ce|cette).*|comment utiliser.*|à qui s['’]adresse.*|pour qui .*|"
        "nouveautés|dons|conclusion"
    ),
    about="à propos(?: de ce.*)?|résumé|motivation|notes?|remarques?|préface",
    intro="introduction|description|présentation|vue d['’]ensemble|aperçu|à propos .*",
    greeting=(
        "bien sûr|voici|voilà|avec plaisir|parfait|excellent(?:e)?|d['’]accord|super|certainement|"
        "absolument|ci-dessous|bonne (?:idée|question)"
    ),
    plan="feuille de route|plan(?: d['’]apprentissage)?|guide|parcours|programme|calendrier",
    offer=(
        "voulez-vous|souhaitez-vous|veux-tu|souhaites-tu|aimerais-tu|aimeriez-vous|"
        "si (?:tu|vous) (?:le )?(?:souhaite[sz]|veux|voulez|préfère[sz])|"
        "je peux (?:aussi|également|te|vous)|dis-moi|dites-moi|n['’]hésite[sz]?"
    ),
    farewell="bon(?:ne)? (?:courage|chance|apprentissage|continuation|route)|c['’]est parti|à vous de jouer",
    hour="heures?|h",
    minute=r"minutes?|min\.?|mn",
    day="jours?",
    week=r"semaines?|sem\.?",
    month="mois",
    per="par|la|chaque|de travail par",
    weekdays=(
        r"lun(?:di)?\.?|mar(?:di)?\.?|mer(?:credi)?\.?|jeu(?:di)?\.?|ven(?:dredi)?\.?|sam(?:edi)?\.?|"
        r"dim(?:anche)?\.?|week-?end"
    ),
    duration="durée(?: totale| estimée)?|temps(?: estimé| total)?|heures",
    effort="charge(?: de travail)?|effort|heures (?:par|/) ?semaine|rythme",
    needs="pré-?requis|prérequis|conditions préalables",
    optional="optionnel(?:le)?s?|facultatif|facultative",
    namely="à savoir|par exemple|notamment|tels que|telles que",
    project="(?:mini-?)?projet(?: final)?",
    projects="projets",
    questions="questions",
    resources="ressources|références|livres|cours|liens|lectures",
    sources="sources|références",
    goal="objectifs?|but|thème",
    topic="sujets?|thèmes?|cours|tâche|leçon|titre|focus|axe(?: principal)?|théorie",
    content="contenus?|activités?",
    done="fait|terminé|état|statut",
    link="liens?|ressources?|support",
    due="échéance|date(?: limite)?|à rendre|pour le",
    start="(?:date de )?début|commence le",
    deprecated="obsolète|déprécié|plus (?:maintenu|disponible)",
    tips=(
        r"(?:conseils|astuces|recommandations|stratégies?)(?: (?:pour|de|d’|d')\s?(?:réussir|apprendre|"
        "apprentissage|la réussite|étudier).*| finaux| généraux)?"
    ),
    outcomes="résultats (?:attendus|d’apprentissage)|à la fin.*|critères de réussite|indicateurs de réussite",
    fact="information|donnée|champ|propriété|attribut|paramètre",
    value="détails?|valeur",
)
