"""Spanish words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="es",
    common="el la los las de que y en un una para con por del cómo es",
    contents="contenidos?|índice|indice|tabla de contenidos?",
    boilerplate=(
        "contribu(?:ir|ciones|yendo|idores)(?: .*)?|cómo contribuir.*|colabora(?:r|dores)?|"
        "agradecimientos?|créditos?|autor(?:es|a)?|patrocinadores|apoy[ao]r?(?: .*)?|código de conducta|"
        "contacto|descargo de responsabilidad|preguntas frecuentes|traducciones|sobre (?:mí|nosotros)|"
        "equipo|comunidad|s[ií]gueme.*|por qué (?:usar|seguir|este|esta).*|cómo usar.*|"
        "a quién va dirigido.*|para quién .*|novedades|donar|donaciones"
    ),
    about="acerca de.*|sobre est[ea] .*|resumen|motivación|notas?|prólogo",
    intro="introducción|descripción|visión general|sobre .*",
    greeting=(
        "claro|por supuesto|aquí (?:tienes|está|te)|¡?perfecto|con gusto|excelente|genial|a continuación|"
        "te (?:presento|dejo)|encantado|buena (?:idea|pregunta)"
    ),
    plan="hoja de ruta|ruta|guía|plan(?: de estudios?)?|cronograma|temario|programa",
    offer=(
        "¿?(?:quier[eé]s|quer[eé]s|te gustaría|puedo (?:también|ayudarte|convertir)|quisieras|deseas|te interesa)|"
        "si (?:quieres|lo deseas|necesitas|te interesa)|avísame|dime si|házmelo saber"
    ),
    farewell="¡?(?:mucho éxito|buena suerte|éxitos?|feliz aprendizaje|ánimo|a por ello|suerte)",
    hour=r"horas?|hs?\.?",
    minute=r"minutos?|min\.?",
    day="días?",
    week="semanas?",
    month="mes(?:es)?",
    per="por|a la|al|cada",
    weekdays=(
        r"lun(?:es)?\.?|mar(?:tes)?\.?|mi[eé](?:rcoles)?\.?|jue(?:ves)?\.?|vie(?:rnes)?\.?|"
        r"s[aá]b(?:ado)?\.?|dom(?:ingo)?\.?|fin de semana"
    ),
    duration="duración(?: total| estimada)?|tiempo(?: estimado| total)?|horas|carga horaria",
    effort="dedicación|esfuerzo|horas (?:por|a la) semana|horas semanales",
    needs="requisitos(?: previos)?|prerrequisitos?|requiere|conocimientos previos",
    optional="opcional(?:es)?",
    namely="a saber|por ejemplo|como por ejemplo|entre ellos|incluyendo",
    project="(?:mini-?)?proyecto(?: final)?",
    projects="proyectos",
    questions="preguntas",
    resources="recursos|referencias|libros|cursos|enlaces|bibliografía",
    sources="fuentes|referencias",
    goal="objetivos?(?: de aprendizaje)?|meta|enfoque",
    topic="temas?|curso|tarea|lección|título|enfoque(?: principal)?|foco",
    content="contenidos?|actividad(?:es)?",
    done="hecho|completado|estado|listo",
    link="enlaces?|recursos?|material",
    due="fecha(?: límite)?|entrega|para el",
    start="(?:fecha de )?inicio|comienzo",
    deprecated="obsoleto|desactualizado|ya no (?:disponible|necesario)",
    tips=(
        "(?:consejos|recomendaciones|trucos|estrategias?)(?: (?:para|de) (?:el éxito|estudiar|aprender|"
        "aprendizaje|estudio|dominar).*| finales| generales| adicionales| clave)?"
    ),
    outcomes=(
        "resultados (?:esperados|de aprendizaje)|al (?:terminar|finalizar|final).*|criterios de éxito|"
        "métricas de éxito|lo que (?:aprenderás|lograrás).*"
    ),
    fact="información|dato|campo|propiedad|atributo|parámetro",
    value="detalles?|valor",
)
