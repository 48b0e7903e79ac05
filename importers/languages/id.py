"""Indonesian words that the importer goes by."""

from .words import Words

WORDS = Words(
    code="id",
    common="yang dan di untuk dengan ini dari ke tidak adalah pada atau",
    contents="daftar isi",
    boilerplate=(
        "(?:cara )?(?:ber)?kontribusi.*|kontributor|ucapan terima kasih|terima kasih.*|penulis|tim|"
        "sponsor|dukungan|dukung .*|kode etik|kontak|hubungi .*|penafian|"
        "pertanyaan (?:umum|yang sering .*)|terjemahan|tentang (?:saya|kami)|komunitas|mengapa .*|"
        "kenapa .*|cara (?:menggunakan|pakai|penggunaan).*|untuk siapa.*|berita|penutup"
    ),
    about="tentang(?: (?:ini|proyek).*)?|ringkasan|motivasi|catatan",
    intro="pendahuluan|pengantar|deskripsi|gambaran umum|kata pengantar|tentang .*",
    greeting="tentu(?: saja)?|baik|berikut|ini dia|siap|oke|pasti|dengan senang hati|bagus",
    plan="peta jalan|rencana|panduan|roadmap|kurikulum|jadwal",
    offer=(
        "apakah (?:kamu|anda)|mau (?:saya|aku)|jika (?:kamu|anda|mau|ingin)|kalau (?:kamu|mau|anda)|"
        "saya (?:juga )?bisa|beri tahu (?:saya|aku)|kabari"
    ),
    farewell="selamat belajar|semoga (?:sukses|berhasil|beruntung)|semangat|sukses",
    hour="jam",
    minute="menit",
    day="hari",
    week="minggu|pekan",
    month="bulan",
    per="per|setiap|tiap",
    weekdays="senin|selasa|rabu|kamis|jumat|sabtu|minggu|akhir pekan",
    duration="durasi|waktu|lama|estimasi(?: waktu)?",
    effort="usaha|jam per minggu",
    needs="prasyarat|persyaratan",
    optional="opsional",
    namely="yaitu|misalnya|antara lain|seperti",
    project="proyek(?: (?:akhir|mini))?",
    projects="proyek-proyek",
    questions="pertanyaan",
    resources="sumber(?: (?:daya|belajar))?|referensi|buku|kursus|tautan",
    sources="sumber|referensi",
    goal="tujuan|target|fokus",
    topic="topik|materi|kursus|tugas|pelajaran|judul|kegiatan",
    content="isi",
    done="selesai|status",
    link="tautan|sumber",
    due="tenggat|tanggal|batas waktu",
    start="(?:tanggal )?mulai",
    deprecated="usang|tidak (?:digunakan|tersedia) lagi",
    tips="(?:beberapa |tambahan )?(?:tips|saran|kiat)(?: (?:untuk|agar|supaya|dan saran) .*| sukses.*| belajar.*)?|(?:strategi|filosofi|metode|prinsip) belajar",
    outcomes="hasil (?:yang diharapkan|pembelajaran|belajar)|kriteria (?:sukses|keberhasilan)|indikator keberhasilan",
    fact="informasi|atribut|properti|parameter",
    value="nilai|detail|keterangan",
)
