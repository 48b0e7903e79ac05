"""Portuguese words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="pt",
    common="o a os as de que e em um uma para com por do da não como é",
    contents="conteúdo|sumário|índice|tabela de conteúdos?",
    boilerplate=(
        "contribu(?:a|ir|indo|ições|ição|idores)(?: .*)?|como contribuir.*|colabora(?:r|dores)?|"
        "agradecimentos?|créditos?|autor(?:es|a)?|patrocinadores|apoi(?:e|ar|o)(?: .*)?|"
        "código de conduta|contato|contacto|perguntas frequentes|traduções|sobre (?:mim|nós|o autor)|"
        "equipe|equipa|comunidade|siga-?me.*|por que (?:usar|seguir|este|esta).*|como usar.*|"
        "para quem .*|novidades|doações|aviso(?: legal)?|conclusão"
    ),
    about="sobre(?: (?:este|esta) .*)?|resumo|motivação|notas?|observações",
    intro="introdução|descrição|visão geral|apresentação|sobre .*",
    greeting=(
        "claro|com certeza|aqui (?:está|vai|estão)|perfeito|ótimo|excelente|a seguir|segue|abaixo|"
        "boa (?:ideia|pergunta)|com prazer"
    ),
    plan="roteiro|guia|plano(?: de estudos?)?|cronograma|trilha|roadmap|ementa",
    offer=(
        "você gostaria|quer que|gostaria|posso (?:também|ajudar|criar|transformar)|"
        "se (?:quiser|desejar|precisar)|deseja|me (?:avise|diga)|é só (?:avisar|pedir)"
    ),
    farewell="bons? estudos?|boa sorte|sucesso|bom aprendizado|vamos lá|mãos à obra",
    hour=r"horas?|hs?\.?",
    minute=r"minutos?|min\.?",
    day="dias?",
    week="semanas?",
    month="m[eê]s(?:es)?",
    per="por|na|ao|cada|à",
    weekdays=(
        r"seg(?:unda(?:-feira)?)?\.?|ter(?:ça(?:-feira)?)?\.?|qua(?:rta(?:-feira)?)?\.?|"
        r"qui(?:nta(?:-feira)?)?\.?|sex(?:ta(?:-feira)?)?\.?|s[aá]b(?:ado)?\.?|dom(?:ingo)?\.?|"
        "fim de semana"
    ),
    duration="duração(?: total| estimada)?|tempo(?: estimado| total)?|horas|carga horária",
    effort="dedicação|esforço|horas (?:por|/) ?semana|horas semanais",
    needs="pré-?requisitos?|requisitos|conhecimentos prévios",
    optional="opcional|opcionais",
    namely="a saber|por exemplo|como por exemplo|incluindo",
    project="(?:mini-?)?projeto(?: final| prático)?",
    projects="projetos",
    questions="perguntas",
    resources="recursos|referências|livros|cursos|links|materiais",
    sources="fontes|referências",
    goal="objetivos?|meta|foco",
    topic="temas?|tópicos?|assuntos?|curso|tarefa|aula|título|foco|enfoque",
    content="conteúdos?|atividades?",
    done="feito|concluído|status",
    link="links?|recursos?|materia(?:l|is)",
    due="prazo|data(?: limite)?|entrega|até",
    start="(?:data de )?início|começo",
    deprecated="obsoleto|descontinuado|desatualizado",
    tips=(
        "(?:dicas|conselhos|recomendações|estratégias?)(?: (?:para|de) (?:o sucesso|estudar|aprender|"
        "aprendizado|estudos?).*| finais| gerais| extras| importantes)?"
    ),
    outcomes=(
        "resultados (?:esperados|de aprendizagem)|ao (?:terminar|final|concluir).*|critérios de sucesso|"
        "métricas de sucesso|o que você (?:vai|irá) (?:aprender|alcançar).*"
    ),
    fact="informação|dado|campo|propriedade|atributo|parâmetro",
    value="detalhes?|valor",
)
