"""English words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="en",
    common="the and of to a in is for with you your this that on are learn",
    contents=(
        "table of contents?|contents?|toc|index|quick (?:links|navigation)|navigation|"
        "in this (?:guide|document|repo)|what['’]?s inside"
    ),
    boilerplate=(
        "(?:how to |want to |ways to )?contribut(?:e|ing|ions?)(?: (?:guide(?:lines)?|"
        "to this .*|to the (?:repo|project|roadmap|guide|list).*|(?:are )?welcome))?|"
        "contribut(?:e|es|ing|ions?) (?:-|&|and) contributors?|(?:our |project |top |all )?(?:contributors?|maintainers?|"
        "sponsors?|backers|supporters?|instructors|mentors|authors?|credits?|team|teachers)(?: .{0,3})?|"
        "about (?:the |our )?(?:authors?|team|me|us|instructors?|maintainers?)|current sponsors|"
        "become a sponsor|support(?: (?:me|us|the project|this project|my work|"
        "our work|& feedback|and feedback|and contact|& contact))?|"
        "(?:please )?(?:give|leave) (?:it |us |this (?:repo|project) )?a star.*|"
        "star (?:history|this repo.*|us)|star(?:gazers)?(?: history| over time)?|activity|"
        "code of conduct|acknowledg(?:e?ments?|ing)|thanks(?: to)?|thank you|special thanks|disclaimers?|"
        "follow (?:me|us).*|connect with (?:me|us).*|stay (?:connected|tuned|in touch|updated).*|"
        "(?:get in touch|contact(?: (?:me|us|info(?:rmation)?))?)|community(?: (?:&|and) support)?|"
        "join (?:the|our) .*|(?:getting|get|need|where to get) (?:help|support).*|faqs?|"
        "frequently asked questions.*|testimonials|what (?:people|students|learners) say|certificates?|"
        "citation|how to cite.*|change ?log|release notes|what['’]s new|news|todo for this repo|"
        "other languages|translations?(?: in progress)?|quick links|useful commands|"
        "quick commands(?: reference)?|commands reference|"
        "how to (?:use|read|follow|navigate|take|track(?: and show)?|"
        "show|collaborate|get started with|work with|help)(?: (?:this|"
        "the|your))?(?: (?:guide|road ?map|courses?|repo(?:sitory)?|"
        "list|document|plan|checklist|book|curriculum|template|classes|progress))?|how to contribute.*|"
        r"why (?:should (?:i|you) )?(?:use|follow|take|choose|this|read)\b.*|who (?:is|should|can)\b.*|"
        "who (?:this|the).* is for|target audience|is this for (?:me|you).*|show your progress.*|"
        "track(?:ing)? (?:your )?progress|progress tracking(?: .*)?|wrap[- ]?up|congratulations|feedback|"
        "feedback and (?:suggestions|contributions)|share(?: .*)?|donat(?:e|ions?)|buy me a coffee.*|"
        "social(?: media)?|happy (?:learning|coding)|final (?:words|thoughts|takeaways?(?: .*)?)|"
        "conclusion|closing (?:words|thoughts)|content policy|order of the (?:classes|courses)|"
        "duration of the (?:course|curriculum)|which programming languages should i use.*|"
        "should i take all (?:the )?courses.*|cooperative work|be creative.*|labell?ing.*|"
        "project (?:rules|structure)|repo(?:sitory)? structure|folder structure|file structure|"
        "learning overview"
    ),
    about=(
        "about(?: (?:this|the) .*)?|summary|motivation(?: .*)?|background|preface|foreword|notes?|"
        "important(?: notes?)?|purpose|curricular guidelines?|warning|what is this.*|philosophy"
    ),
    intro="overview|introduction|intro|welcome(?: .*)?|usage|description|about .*|executive summary",
    greeting=(
        "absolutely|sure|you(?:[’']re| are) (?:absolutely |quite )?right|certainly|of course|great|got it|here you go|here['’]?s|here is|here are|"
        r"below is|below are|okay|ok\b|awesome|perfect|definitely|happy to|no problem|i['’]ve|i have|"
        r"i['’]d|i['’]ll|let['’]s|to \**(?:master|learn|become)|alright|thanks|thank you|the following|"
        r"this (?:roadmap|guide|plan) (?:is|will)|yes\b|good (?:question|choice|idea)|excellent|"
        "that['’]?s an?|nice|wonderful|fantastic|love it|based on (?:your|what)|with your answers"
    ),
    plan="roadmap|guide|plan|curriculum|checklist|breakdown|list|path|syllabus|schedule|program(?:me)?",
    offer=(
        "would you like|do you want|let me know|want me to|shall i|should i|if you['’]?d like|"
        "if you (?:want|need|wish|prefer)|i can (?:also |even |help|create|provide|tailor|generate|"
        "make|turn|convert|add|break|adjust)|feel free to (?:ask|reach|let)|need (?:help|more|a)|"
        "i['’]d be happy|happy to (?:help|provide|create)|just (?:say|tell me|let me)|tell me|"
        r"which (?:one|of these|section|part).*\?|are you interested|interested in|can i |"
        r"ready to (?:start|dive|begin).*\?"
    ),
    farewell=(
        "happy (?:learning|coding|hacking|studying)|good luck|best of luck|enjoy(?: the journey)?|"
        "keep (?:learning|coding)|you(?:['’]ve| have) got this|all the best|"
        "let['’]s (?:go|start|get started)|have fun|cheers"
    ),
    hour=r"hours?|hrs?\.?|h",
    minute=r"minutes?|mins?\.?|m",
    day="days?",
    week=r"weeks?|wks?\.?",
    month="months?",
    per="per|a|each|every|of (?:work|study) (?:per|a|each)",
    weekdays=(
        "mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|weekend"
    ),
    duration=(
        "(?:total )?(?:duration|length|time(?: needed| estimate| required)?)|(?:recommended |suggested )?study time|"
        r"est(?:imated)?\.? ?(?:time|hours|duration)?|estimate|hours|timeline"
    ),
    effort="effort|workload|hours ?(?:/|per) ?week|weekly hours|time commitment|pace",
    needs="pre-?requisites?|pre-?reqs?|requires|requirements|depends on|needs|after|builds on",
    optional="optional",
    namely="namely|such as|including|for example|as follows|that is",
    project="(?:mini[- ]|capstone |final |hands-on |weekend |bonus )?(?:project|capstone)",
    projects="projects",
    questions="questions|quiz(?:zes)?",
    resources="resources|references|further reading|books|videos|courses|tutorials|links|articles|podcasts",
    sources="sources?|references|citations|works cited",
    goal="(?:main |key |primary |learning |weekly )?(?:goals?|focus|objectives?|aim|outcomes?|theme)",
    topic=(
        "topics?|courses?|title|name|subjects?|items?|tasks?|skills?|concepts?|modules?|lessons?|"
        "focus(?: areas?| topics?)?"
    ),
    content="contents?|activit(?:y|ies)",
    done="done|status|completed?|finished|progress|check(?:ed)?",
    link="links?|resources?|url|materials?",
    due="due(?: date)?|deadline|date|target date|by",
    start="start(?:s|ing)?(?: date| on)?|begins?(?: on)?",
    deprecated="deprecated|obsolete|outdated|discontinued|no longer (?:maintained|available|recommended|needed|required)",
    tips=(
        "(?:(?:study|learning|success|general|additional|final|pro|key|important|quick|exam|bonus|extra|"
        "useful|practical|helpful|productivity|motivation(?:al)?|focus|pomodoro|some|my) (?:(?:&|"
        "and) )?)*tips(?:,? (?:and|&) (?:advice|best practices|reminders|motivation))?(?: (?:for|to|"
        "on) (?:success|learning|studying|stay|succeed|you|your|beginners|getting|making|making|"
        "self).*)?|(?:general |final |learning |study |some |career )?advice(?: for .*)?|"
        "keys? to success|success (?:strategies|factors)|(?:learning|study|success) (?:strategy|"
        "strategies|philosophy|principles|approach|methodology|guidelines|habits|rules)|"
        "(?:common )?(?:mistakes|pitfalls) to avoid|golden rules"
    ),
    outcomes=(
        "(?:expected |learning )(?:outcomes?|results)|success (?:metrics|criteria|indicators)|"
        "by the end.*|(?:expected )?results"
    ),
    fact="information|info|details?|field|property|attribute|parameter|metric|key|fact|specification",
    value="details?|values?|info(?:rmation)?",
)
